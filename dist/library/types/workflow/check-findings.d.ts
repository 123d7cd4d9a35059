import { type FindingsFormat } from '../core/finding.ts';
import type { Instance, Parse, ProcessDefinition } from '../core/instance.ts';
import type { DefaultsEntry } from './schema.ts';
import type { Compiling } from './compiling.ts';
import type { Draft, ProcessDraft } from './draft.ts';
/** What is to go on from the last review needs the comment that remembers it. */
export declare function checkReviewScope({ file, diagnostics }: Compiling): void;
/** Threads are those of the file's own review. */
export declare function checkThreads(drafts: Iterable<Draft>, { file, diagnostics }: Compiling): void;
/** A gate, or a file of findings, of a run in which nothing reports any would be green whatever happened. */
export declare function checkFindings(instances: readonly Instance[], { file, diagnostics }: Compiling): void;
/** An agent that answers by the built-in schema reports findings. */
export declare function agentFindings(outputSchema: DefaultsEntry['output-schema']): FindingsFormat | undefined;
/** What findings a linter's output is read as. */
export declare function linterFindings({ kind }: Parse): FindingsFormat | undefined;
/** That a process reports findings, or verifies one. */
export declare function reportingOf({ entry }: ProcessDraft, findings: FindingsFormat | undefined, { file }: Compiling): Pick<ProcessDefinition, 'findings' | 'verifies'>;
