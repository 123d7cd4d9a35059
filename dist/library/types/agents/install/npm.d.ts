import type { Refusal } from '../../core/refusal.ts';
import type { Package } from '../agent.ts';
import { type LockEntry } from './lock-file.ts';
type Environment = Readonly<Record<string, string | undefined>>;
/** npm as it is found here. */
export interface Npm {
    /** Path of npm. */
    readonly path: string;
    /** The orchestrator's own environment: npm gets the network's part of it, and npm's own configuration. */
    readonly environment: Environment;
    readonly abort?: AbortSignal;
}
/** Runs npm in a directory; undefined, or what went wrong in one line. Scripts of packages run only where `args` say so. */
export declare function runNpm(args: readonly string[], cwd: string, { path, environment, abort }: Npm): Promise<string | undefined>;
/** Asks npm what installing one version means: every package with its integrity. */
export declare function resolveLock(from: Package, version: string, npm: Npm): Promise<LockEntry | Refusal>;
export {};
