import type { Spawn } from './spawn.ts';
/** Which argument or variable is too long for the system, or, where none is by itself, how long all are together and which is the longest. */
export declare function describeExcess(spawn: Spawn, platform?: NodeJS.Platform): string;
