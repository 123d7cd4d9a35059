import type { RuntimeFacts } from '../core/runtime.ts';
import type { SourceRange } from '../core/diagnostic.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { MergedFile } from './merged-file.ts';
import { type FileRuntimes } from './custom-runtimes.ts';
import type { CompileOptions } from './compile-options.ts';
import { type SourceFile } from './source-file.ts';
/** What the steps of one compilation share. */
export interface Compiling {
    readonly file: MergedFile;
    readonly diagnostics: Diagnostics;
    /** Built-in runtimes and those of `runtimes:`, by name. */
    readonly runtimes: ReadonlyMap<string, RuntimeFacts>;
    /** What `runtimes:` says. */
    readonly declared: FileRuntimes;
    /** Why a text is no regular expression; undefined where it is one, or nobody can tell. */
    checkPattern(source: string): string | undefined;
    /** Instances given to each agent so far; routing by capability takes the least loaded. */
    readonly loads: Map<string, number>;
    /** A file that the orchestration file names; missing ones are reported at `range`, once. */
    readText(path: string, range: SourceRange): SourceFile | undefined;
    /** The one object that stands for all equal ones: thousands of instances have the same settings. For plain data that nobody changes. */
    share<T extends object>(part: T): T;
    /** Files read by `readText`, by path. */
    readonly texts: ReadonlyMap<string, SourceFile | undefined>;
}
/** The shared state of a compilation that has read its file. */
export declare function createCompiling(file: MergedFile, diagnostics: Diagnostics, { read, runtimes: builtin, checkPattern, checkQuery }: CompileOptions): Compiling;
