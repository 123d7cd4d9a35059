import { type WorkflowBuilder } from './workflow/builder.ts';
import type { Plan } from './core/plan.ts';
import type { RunOutcome } from './run/execute-run.ts';
import { type RunSettings } from './run/run-with-defaults.ts';
import { type Compilation, type CompileOptions } from './workflow/compile.ts';
export { ChangesError } from './core/changes-error.ts';
export type { Diagnostic } from './core/diagnostic.ts';
export type { RunEvent, Stamped } from './core/event.ts';
export type { Instance } from './core/instance.ts';
export type { Plan } from './core/plan.ts';
export type { Reporter } from './core/reporter.ts';
export type { RunState } from './core/run-state.ts';
export { WorkflowError, type WorkflowBuilder } from './workflow/builder.ts';
export type { Compilation, CompileOptions } from './workflow/compile.ts';
export { printPlan } from './workflow/print.ts';
export type { Accounting, Usage } from './core/usage.ts';
export type { ReportModel, ReportRow } from './report/report-model.ts';
export type { RunControl } from './run/control.ts';
export type { RunOutcome } from './run/execute-run.ts';
export { RunDirectoryError } from './run/run-place.ts';
export { RunSettingsError, type RunSettings } from './run/run-with-defaults.ts';
/**
 * Begins a workflow in code: `workflow('ci').agent('review', { prompt: '…' }).build()` is the plan of the same orchestration
 * file. By default it knows the built-in runtimes and reads the files it names from the working directory.
 */
export declare function workflow(name: string, options?: Partial<CompileOptions>): WorkflowBuilder;
/** Compiles the text of an orchestration file; mistakes come back as diagnostics. Defaults as for `workflow`. */
export declare function compile(path: string, text: string, options?: Partial<CompileOptions>): Compilation;
/**
 * Runs a plan in the working directory, with the environment of this process, to its end: also a run that failed is an outcome. Rejects, before anything
 * has begun, with RunSettingsError, RunDirectoryError, and ChangesError where the plan asks what changed and git cannot tell.
 */
export declare function run(plan: Plan, settings?: RunSettings): Promise<RunOutcome>;
