import type { Diagnostic } from '../core/diagnostic.ts';
import type { Plan } from '../core/plan.ts';
import type { CompileOptions } from './compile-options.ts';
export type { CompileOptions, ReadFile } from './compile-options.ts';
/** A plan, or what keeps the file from being one. */
export interface Compilation {
    /** Undefined when there is an error among the diagnostics. */
    readonly plan: Plan | undefined;
    /** In the order of the files, then of the lines. */
    readonly diagnostics: Diagnostic[];
    /** Texts by file name, for excerpts. */
    readonly sources: ReadonlyMap<string, string>;
}
/** Compiles, with the engine of regular expressions loaded where a file that was read has any. */
export declare function compileWithPatterns(text: string | undefined, compileOnce: (checkPattern: CompileOptions['checkPattern']) => Compilation | Promise<Compilation>): Promise<Compilation>;
/** Compiles an orchestration file. Mistakes of its author come back as diagnostics, all of them at once; it does not throw for them. */
export declare function compile(path: string, text: string, options: CompileOptions): Compilation;
