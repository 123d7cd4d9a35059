import type { Diagnostics } from './diagnostics.ts';
import type { CompileOptions } from './compile-options.ts';
import { type Origins, type Plain } from './origins.ts';
import type { AgentEntry, BudgetEntry, DefaultsEntry, OrchestrationFile, RuntimeEntry } from './schema.ts';
import type { InstanceEntry } from './schema-instance.ts';
import { type SourceFile } from './source-file.ts';
import { type StaticInputs } from './static-inputs.ts';
import { type VerificationEntry } from './verification.ts';
/** An entry of a section, with the map it stands in. */
export interface Entry<T> {
    readonly value: T;
    readonly owner: Plain;
}
type Section<K extends keyof OrchestrationFile> = NonNullable<NonNullable<OrchestrationFile[K]>>;
type InputEntry = Section<'inputs'>[string];
/** A file with all that it includes. Sections are by name; the including file's entries stand over the included ones. */
export interface MergedFile {
    readonly root: SourceFile;
    /** Documents, each after what it includes: what a later one says stands over what an earlier one says. */
    readonly documents: readonly OrchestrationFile[];
    readonly inputs: ReadonlyMap<string, Entry<InputEntry>>;
    readonly env: ReadonlyMap<string, Entry<string>>;
    readonly agents: ReadonlyMap<string, Entry<AgentEntry>>;
    readonly runtimes: ReadonlyMap<string, Entry<RuntimeEntry>>;
    readonly instances: ReadonlyMap<string, Entry<InstanceEntry>>;
    /** `review.verify`, which stands for an instance; it is among `instances`. */
    readonly verification: VerificationEntry | undefined;
    /** The nearest first. */
    readonly defaults: readonly DefaultsEntry[];
    /** Every file read, the including one first. */
    readonly files: readonly SourceFile[];
    /** Whether all of them could be read; where not, a name that is not known may be in what is missing. */
    readonly isComplete: boolean;
    readonly statics: StaticInputs;
    readonly origins: Origins;
}
/** `budget` of the run, which has `reserve` as well. */
export type RunBudgetEntry = BudgetEntry & NonNullable<OrchestrationFile['budget']>;
/** Reads a file and what it includes, validates each against the schema and merges them. */
export declare function readMergedFile(path: string, text: string, { read, inputs, readBuiltin }: Pick<CompileOptions, 'read' | 'inputs' | 'readBuiltin'>, diagnostics: Diagnostics): MergedFile;
export {};
