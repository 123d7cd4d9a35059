import type { Diagnostic } from '../core/diagnostic.ts';
import type { Plan } from '../core/plan.ts';
import type { Checks, CompileOptions } from './compile-options.ts';
export type { CompileOptions, ReadFile } from './compile-options.ts';
/** A plan, or what keeps the file from being one. */
export interface Compilation {
    /** Undefined when there is an error among the diagnostics. */
    readonly plan: Plan | undefined;
    /** In the order of the files, then of the lines. */
    readonly diagnostics: Diagnostic[];
    /** Texts by file name, for excerpts. */
    readonly sources: ReadonlyMap<string, string>;
    /** Required inputs without a value that decide something of the plan: what reads them was left out. */
    readonly missedInputs: readonly string[];
}
/** Compiles, with what checks regular expressions and JMESPaths loaded where a file that was read has any. */
export declare function compileWithChecks(text: string | undefined, compileOnce: (checks: Checks) => Compilation | Promise<Compilation>): Promise<Compilation>;
/** Compiles an orchestration file. Mistakes of its author come back as diagnostics, all of them at once; it does not throw for them. */
export declare function compile(path: string, text: string, options: CompileOptions): Compilation;
