import type { Stamped } from '../core/event.ts';
import type { Redactor } from '../core/redactor.ts';
/** A line with its line end; in pieces where it tells of a whole plan, whose text would be larger than the plan. */
export type Line = string | Generator<string>;
/**
 * The event with every secret masked, and its line for the journal. An event without secrets, nearly every one, costs one scan of its line
 * and is returned as it is; else each string is masked on its own, so that the line stays valid JSON whatever a secret looks like. Some texts
 * are cut then, see `cutTexts`.
 */
export declare function redactEvent(event: Stamped, redactor: Redactor): {
    event: Stamped;
    line: Line;
};
/** A line piece by piece, be it one. */
export declare function piecesOf(line: Line): Iterable<string>;
