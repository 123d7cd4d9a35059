import type { Exit, Spawn } from './spawn.ts';
/** What an error thrown or emitted instead of a process means to a user. */
export declare function explainSpawnError(error: unknown, spawn: Spawn): NonNullable<Exit['spawnError']>;
/** The errno name of an error, or its class where it has none. */
export declare function codeOf(error: unknown): string;
/** The error of an `execve` that somebody else tried for us. */
export declare function systemError(errno: number): Error;
