import { type Accounting } from './usage.ts';
/** Tokens as expressions read them: `usage` of an upstream. A type, because JSON objects take no interface. */
export type ExpressionUsage = {
    readonly input: number;
    readonly 'cache-read': number;
    readonly 'cache-write': number;
    readonly output: number;
    readonly reasoning: number;
    readonly total: number;
    /** It was at least this much. */
    readonly partial: boolean;
};
/** What an account says of tokens; null where nothing is known. */
export declare function expressionUsage({ usage, partial }: Accounting): ExpressionUsage | null;
