import type { Exit, Spawn } from './spawn.ts';
/** What an error thrown or emitted instead of a process means to a user. */
export declare function explainSpawnError(error: unknown, spawn: Spawn): NonNullable<Exit['spawnError']>;
