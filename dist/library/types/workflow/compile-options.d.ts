import type { RuntimeFacts } from '../core/runtime.ts';
/** The text of a file, why it cannot be read (the rest of a sentence that begins with its name), or undefined when there is none. */
export type ReadFile = (path: string) => string | {
    readonly problem: string;
} | undefined;
/** Checks of texts in other languages, where their libraries are loaded: why a text is none of that language. */
export interface Checks {
    /** Of regular expressions; without it, patterns are looked at when they are used. */
    readonly checkPattern?: ((source: string) => string | undefined) | undefined;
    /** Of JMESPaths; without it, they are looked at when they are used. */
    readonly checkQuery?: ((source: string) => string | undefined) | undefined;
    /** The text of `include: builtin:NAME`, undefined where there is none of that name; without it, there are none. */
    readonly readBuiltin?: ((name: string) => string | undefined) | undefined;
}
/** What a compilation needs of the world around it. */
export interface CompileOptions extends Checks {
    /** The text of a file; undefined when there is none. Paths are relative to the root of the repository, or as `path` is. */
    readonly read: ReadFile;
    /** The runtimes there are, by name. */
    readonly runtimes: ReadonlyMap<string, RuntimeFacts>;
    /** Inputs as they are given, by name: what is not an agent's text may be an expression over them. Without it, defaults hold. */
    readonly inputs?: Readonly<Record<string, string>> | undefined;
}
