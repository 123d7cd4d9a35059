import type { SourceRange } from '../core/diagnostic.ts';
import { type SourceFile } from './source-file.ts';
/** A map or list of the document as plain data. */
export type Plain = object;
/**
 * Where a map or list stands in its file, in offsets only. `places` has four numbers for each key or item: start and end of the key,
 * start and end of the value; -1 where there is none.
 */
export interface Origin {
    readonly file: SourceFile;
    readonly start: number;
    readonly end: number;
    /** Keys in the order of `places`; undefined for a list. */
    readonly keys: readonly string[] | undefined;
    readonly places: readonly number[];
    /** Plain maps that merge keys (`<<`) brought in, in order of precedence. */
    readonly merged: readonly Plain[];
}
/** Where plain data stands in the files; positions are worked out only when somebody asks. */
export interface Origins {
    /** Remembers where a plain map or list comes from. */
    add(plain: Plain, origin: Origin): void;
    /** Makes `copy` stand where `plain` stands. */
    alias(copy: Plain, plain: Plain): void;
    /** Makes `copy` stand where `plain` stands, and what `plain` does not have where `under` has it. */
    overlay(copy: Plain, plain: Plain, under: Plain): void;
    /** Makes all of `plain`, which is written nowhere, stand where the value of a key stands. */
    place(plain: Plain, owner: Plain, key: string | number): void;
    /** The whole map or list. */
    ofPlain(plain: Plain): SourceRange;
    /** A key; for an item of a list, the item. */
    ofKey(plain: Plain, key: string | number): SourceRange;
    /** The value of a key; the key itself where there is none. */
    ofValue(plain: Plain, key: string | number): SourceRange;
    /** A stretch of a text value, where expressions and the like stand. */
    inside(plain: Plain, key: string | number, offset: number, length: number): SourceRange;
    /** A number, `true` or `false` as it is written, as in `1.10`, also where an alias stands for it; undefined where nothing is. */
    written(plain: Plain, key: string | number): string | undefined;
}
/** Without any plain data yet; `root` is where diagnostics go when nothing nearer is known. */
export declare function createOrigins(root: SourceFile): Origins;
