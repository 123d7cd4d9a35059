import type { z } from 'zod';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Plan } from '../core/plan.ts';
import { type Compilation, type CompileOptions } from './compile.ts';
import type { RunBudgetEntry } from './merged-file.ts';
import type { AgentEntry, DefaultsEntry, orchestrationFile } from './schema.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** An orchestration file as a plain value, before anything is filled in. */
export type WorkflowFile = z.input<typeof orchestrationFile>;
/** What an instance may say besides what it does. */
export type InstanceSettings = Omit<InstanceEntry, 'id' | 'run' | 'command' | 'sequence' | 'parallel'>;
/** What a group may say besides its members. */
export type GroupSettings = Omit<InstanceSettings, 'prompt' | 'prompt-file'>;
/** What was built is not a valid workflow; `diagnostics` point into `text`, the file it amounts to. */
export declare class WorkflowError extends Error {
    readonly name = "WorkflowError";
    readonly diagnostics: readonly Diagnostic[];
    readonly text: string;
    constructor(diagnostics: readonly Diagnostic[], text: string);
}
/** A workflow being put together. Every method gives a new builder and leaves the old one as it was. */
export interface WorkflowBuilder {
    /** The file so far, as plain value. */
    readonly file: WorkflowFile;
    /** Any keys of the document: `report`, `limits`, `runtimes`, `include` … */
    set(keys: Omit<WorkflowFile, 'name' | 'instances'>): WorkflowBuilder;
    /** Declares an input. */
    input(name: string, declaration: NonNullable<WorkflowFile['inputs']>[string]): WorkflowBuilder;
    /** Adds environment variables of every instance. */
    env(variables: Readonly<Record<string, string>>): WorkflowBuilder;
    /** Adds instance keys for instances that do not say otherwise. */
    defaults(settings: DefaultsEntry): WorkflowBuilder;
    /** Sets the budget of the run. */
    budget(budget: RunBudgetEntry): WorkflowBuilder;
    /** Declares a reusable identity, an entry of `agents`. */
    identity(name: string, entry: AgentEntry): WorkflowBuilder;
    /** Adds an instance of any kind. */
    instance(id: string, entry: InstanceEntry): WorkflowBuilder;
    /** Adds an instance that asks an agent. */
    agent(id: string, settings: InstanceSettings): WorkflowBuilder;
    /** Adds an instance that runs a script. */
    run(id: string, script: string, settings?: InstanceSettings): WorkflowBuilder;
    /** Adds an instance that runs a program without a shell. */
    command(id: string, argv: readonly string[], settings?: InstanceSettings): WorkflowBuilder;
    /** Adds a group whose members run one after the other. */
    sequence(id: string, members: readonly InstanceEntry[], settings?: GroupSettings): WorkflowBuilder;
    /** Adds a group whose members run side by side, as a list or by id. */
    parallel(id: string, members: readonly InstanceEntry[] | Readonly<Record<string, InstanceEntry>>, settings?: GroupSettings): WorkflowBuilder;
    /** The workflow as an orchestration file, which compiles to the same plan. */
    print(): string;
    /** The plan or what is wrong, as for a file; positions are those of the printed file. */
    compile(): Compilation;
    /** The plan. Throws `WorkflowError` when the workflow is not valid. */
    build(): Plan;
}
/** Begins a workflow. `options` are those of `compile`: which runtimes there are, how files it names are read. */
export declare function workflow(name: string, options: CompileOptions): WorkflowBuilder;
/** A plan without the file it was compiled from: what the same workflow amounts to, however it was written. */
export declare function withoutSource(plan: Plan): Plan;
