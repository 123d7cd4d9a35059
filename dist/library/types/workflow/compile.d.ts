import type { Diagnostic } from '../core/diagnostic.ts';
import type { Plan } from '../core/plan.ts';
import type { RuntimeFacts } from '../core/runtime.ts';
/** What a compilation needs of the world around it. */
export interface CompileOptions {
    /** The text of a file; undefined when there is none. Paths are relative to the root of the repository, or as `path` is. */
    readonly read: (path: string) => string | undefined;
    /** The runtimes there are, by name. */
    readonly runtimes: ReadonlyMap<string, RuntimeFacts>;
}
/** A plan, or what keeps the file from being one. */
export interface Compilation {
    /** Undefined when there is an error among the diagnostics. */
    readonly plan: Plan | undefined;
    /** In the order of the files, then of the lines. */
    readonly diagnostics: Diagnostic[];
    /** Texts by file name, for excerpts. */
    readonly sources: ReadonlyMap<string, string>;
}
/** Compiles an orchestration file. Mistakes of its author come back as diagnostics, all of them at once; it does not throw for them. */
export declare function compile(path: string, text: string, options: CompileOptions): Compilation;
