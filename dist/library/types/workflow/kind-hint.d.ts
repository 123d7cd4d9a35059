import type { Kind, Shape } from './shape.ts';
/** A text that is one expression. */
export declare const expressionPattern: RegExp;
/** What to write instead of a value of the wrong kind; undefined where that is anybody's guess. */
export declare function kindHint(value: unknown, kind: Kind, shape: Shape): string | undefined;
