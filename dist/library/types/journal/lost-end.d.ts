import type { AttemptEnded } from '../core/event.ts';
/** The end of an attempt of which nobody can tell how it went on: what it did is not known, what it cost is at least what it last said. `detail` says why. */
export declare function lostEnd(last: Pick<AttemptEnded, 'id' | 'attempt' | 'runtime' | 'model' | 'accounting' | 'durationMs'>, detail: string): AttemptEnded;
