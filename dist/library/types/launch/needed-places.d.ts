import type { ConfinedAttempt, NeededPlaces } from './confinement.ts';
/**
 * The places of the machine that an attempt works with: its working tree and what git knows about it, its own directories, and, only to be read, the run
 * directory, the main working tree and its program.
 */
export declare function neededPlaces(attempt: ConfinedAttempt): NeededPlaces;
