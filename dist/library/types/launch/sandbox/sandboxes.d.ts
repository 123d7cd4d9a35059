import type { SandboxRules } from '../../core/confinement.ts';
import type { ConfinedAttempt, Confinement } from '../confinement.ts';
/** The sandboxes of a run. */
export interface Sandboxes {
    /** A sandbox for each process of one attempt; or why there is none. */
    confine(attempt: ConfinedAttempt, rules: SandboxRules): Promise<Confinement | {
        readonly problem: string;
    }>;
    /** Ends what is being installed. */
    close(): Promise<void>;
}
/** What it takes to make sandboxes. */
export interface SandboxesOptions {
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** The directory of all temporary directories. */
    readonly temporary: string;
    readonly note: (level: 'notice' | 'warning', message: string) => void;
}
/** Sandboxes of one run; what makes them is found, or installed, when the first is wanted. */
export declare function createSandboxes({ environment, temporary, note }: SandboxesOptions): Sandboxes;
