import type { RuntimeKey } from './runtime.ts';
/** One argument, or several that belong together: a part is left out where a placeholder in it has no value. */
export type CommandPart = string | readonly string[];
/** How the output of a declared CLI is read. All but `format` are JMESPaths: over the document of `json`, over the list of lines of `ndjson`. */
export interface CustomParse {
    readonly format: 'text' | 'json' | 'ndjson';
    /** Absent: the answer is the whole standard output. */
    readonly text?: string;
    readonly error?: string;
    readonly tools?: string;
    readonly costUsd?: string;
    readonly usage: {
        /** Without what was read from or written to a cache. */
        readonly input?: string;
        readonly output?: string;
        readonly cacheRead?: string;
        readonly cacheWrite?: string;
        readonly reasoning?: string;
    };
}
/** A CLI declared in the file's `runtimes:`; see docs/runtimes.md. */
export interface CustomRuntime {
    readonly command: readonly CommandPart[];
    readonly prompt: 'stdin' | 'arg' | 'file';
    /** Program and arguments that print its version. */
    readonly version?: readonly string[];
    readonly parse: CustomParse;
    /** Names of the variables of its provider: passed on where they are set. */
    readonly env: readonly string[];
    /** Arguments by which it keeps to a tier of `safety`; it cannot keep to the others. */
    readonly safety: Readonly<Record<string, readonly string[]>>;
    /** Variables that lead it to the model server of `--simulate`; absent where it cannot be led there. */
    readonly simulate?: Readonly<Record<string, string>>;
    /** Whether it obeys no configuration that it finds in a checkout, so that it may run in a stranger's. */
    readonly untrustedCheckout: boolean;
}
/** The program that is started. */
export declare function programOf({ command }: CustomRuntime): string;
/** A placeholder of `command`. */
export type Placeholder = 'prompt' | 'prompt-file' | 'model' | 'schema-file';
/** The placeholders in an argument or in a list of them. */
export declare function placeholdersIn(part: CommandPart): Set<string>;
/** The argument with what its placeholders stand for; what a value holds is no placeholder. */
export declare function fillIn(argument: string, valueOf: (name: string) => string | undefined): string;
/** The keys of an instance that a declared CLI can honour. */
export declare function customSupports({ command, safety }: CustomRuntime): ReadonlySet<RuntimeKey>;
