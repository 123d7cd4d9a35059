import type { CompanionEntry } from './companion.ts';
/** The embedded model server of `--simulate`: agents find their model there. */
export declare const simulationCompanion: CompanionEntry;
