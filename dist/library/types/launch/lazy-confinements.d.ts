import type { ConfinedAttempt, Confinement } from './confinement.ts';
import type { SandboxesOptions } from './sandbox/sandboxes.ts';
import type { ContainersOptions } from './container/containers.ts';
/** Confines attempts; what for is loaded when the first one asks. */
export interface Confinements {
    /** Undefined where the task asks for none. */
    confine(attempt: ConfinedAttempt): Promise<Confinement | {
        readonly problem: string;
    } | undefined>;
    /** Removes what is left of it all. */
    close(): Promise<void>;
}
/** File in a run's temporary directory that tells which engines hold its containers. */
export declare const containersFile = "containers";
/** Those of one run. */
export declare function createLazyConfinements(options: Omit<ContainersOptions, 'record'> & Omit<SandboxesOptions, 'environment'> & {
    readonly root: () => string;
}): Confinements;
