import type { AccompaniedRun, Companion } from './companion.ts';
/** Opens the companions this run asks for, as one. */
export declare function openCompanions(run: AccompaniedRun): Promise<Companion>;
