import type { Deed } from '../core/effect.ts';
import type { Allowed, Reading } from './deed-reading.ts';
/** What is to become a commit, held against the file: in a pull request, on the event's. */
export declare function readPatchDeeds({ id, answer, problems, bounded, titleOf, bodyOf }: Reading, { rules: { pullRequest, push }, bounds }: Allowed): Deed[];
/** The runs of workflows that an answer asks for: `true`, the name of one, or `{ workflow, inputs }`; or a list. */
export declare function readDispatches({ id, problems, bounded }: Reading, { rules: { dispatch }, bounds }: Allowed): Deed[];
