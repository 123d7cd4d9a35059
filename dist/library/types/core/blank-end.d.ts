import type { AttemptEnded } from './event.ts';
/** The end of an attempt of which nothing is known but what is given: it never ran, or who watched it died. */
export declare function blankEnd(known: Pick<AttemptEnded, 'id' | 'attempt' | 'failure' | 'durationMs' | 'runtime' | 'model' | 'accounting'>): AttemptEnded;
