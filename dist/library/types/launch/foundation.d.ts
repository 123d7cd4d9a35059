import { type Starter } from '../process/starter.ts';
import { type TemporaryPlaces } from './attempt-directory.ts';
/** What all attempts of a run stand on: temporary places, and what starts programs, which takes some milliseconds to be ready. */
export interface Foundation {
    /** The directory of all temporary directories. */
    readonly temporary: string;
    readonly places: TemporaryPlaces;
    /** What any child may see of the orchestrator's environment. */
    readonly common: Readonly<Record<string, string>>;
    /** The mark that every process of the run carries. */
    readonly mark: string;
    readonly starter: Starter;
    /** `tell` is called when the process that starts programs was killed while they ran; whoever wants to know it no more says undefined, and is let go. */
    onServerLost(tell: (() => void) | undefined): void;
    /** Lets go of all that; once is enough. */
    close(): Promise<void>;
}
/** Begins to make it ready: early, so that nothing waits for it. `claim` is the one on the run directory, to be locked. */
export declare function layFoundation(options: {
    readonly runId: string;
    readonly claim?: number;
    readonly environment: Readonly<Record<string, string | undefined>>;
}): Foundation;
/** The directory in which runs make their temporary directories. */
export declare function temporaryIn(environment: Readonly<Record<string, string | undefined>>): string;
