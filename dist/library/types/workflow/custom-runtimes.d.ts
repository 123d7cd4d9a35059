import { type CustomRuntime } from '../core/custom-runtime.ts';
import type { RuntimeFacts } from '../core/runtime.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { MergedFile } from './merged-file.ts';
/** `runtimes:` of a file: CLIs it declares, and versions of built-in ones that it wants. */
export interface FileRuntimes {
    readonly declared: ReadonlyMap<string, CustomRuntime>;
    readonly versions: ReadonlyMap<string, string>;
}
/** Reads `runtimes:`, and reports what is wrong in it. */
export declare function readRuntimes(file: MergedFile, builtin: ReadonlyMap<string, RuntimeFacts>, diagnostics: Diagnostics, checkQuery: (source: string) => string | undefined): FileRuntimes;
