import type { Kind, Shape } from './shape.ts';
/** A text that is one expression. */
export declare const expressionPattern: RegExp;
/** What to write instead of a value of the wrong kind; undefined where that is anybody's guess. */
export declare function kindHint(value: unknown, kind: Kind, shape: Shape, written?: string): string | undefined;
/** What to do where an expression over inputs came to a value of the wrong kind. */
export declare function madeHint(value: unknown, { kinds }: Shape): string | undefined;
/** The spelling that a text of the wrong form most likely means: `30 s` is `30s`, `2G` is `2GB`, `10m` as a start is `+10m`. */
export declare function formHint(value: string, pattern: RegExp): string | undefined;
