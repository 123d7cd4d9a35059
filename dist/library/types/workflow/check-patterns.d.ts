import type { Compiling } from './compiling.ts';
import type { DefaultsEntry } from './schema.ts';
/** Reports regular expressions that are none: `expect.regex`, `parse.regex`. */
export declare function checkPatterns(values: Pick<DefaultsEntry, 'expect' | 'parse'>, compiling: Compiling): void;
