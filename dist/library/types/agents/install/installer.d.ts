import type { PackageStore } from '../../core/package-store.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Agent } from '../agent.ts';
/** Programs of exact versions, found or installed. */
export interface Installer {
    /** Settles when the agent's program is there in the version wanted, or with why it is not. Asked for several times, it is installed once. */
    ready(agent: Installable): Promise<string | undefined>;
    /** The path of a program that is ready; undefined for one that no version is wanted of. */
    path(program: string): string | undefined;
    /** The folder that such a program was installed into; undefined where it was found. */
    place(program: string): string | undefined;
    /** Ends what is being installed, and settles once nothing of it is left. */
    close(): Promise<void>;
}
/** What is looked for and installed: an agent's CLI, or a program of ours. */
export type Installable = Pick<Agent, 'name' | 'program' | 'versionArgs' | 'package'>;
/** What an installer is given. */
export interface InstallerOptions {
    readonly store?: PackageStore | undefined;
    /** Exact versions by runtime. */
    readonly versions: Readonly<Record<string, string>>;
    /** The text of the repository's lock file, or why it cannot be read; undefined where there is none. */
    readonly lock: string | Refusal | undefined;
    /** The orchestrator's own environment. */
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Told what the user should know, a sentence each. */
    readonly note: (level: 'notice' | 'warning', message: string) => void;
}
/**
 * Looks for programs on the PATH, then where they were installed before, and installs what is missing from npm: with the integrity that the lock
 * file has, without running scripts but those a CLI cannot do without.
 */
export declare function createInstaller({ versions, lock, environment, note, store }: InstallerOptions): Installer;
