import type { FindingsFormat } from '../core/finding.ts';
import type { Parse } from '../core/instance.ts';
import type { DefaultsEntry } from './schema.ts';
import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
/** A gate, or a file of findings, of a run in which nothing reports any would be green whatever happened. */
export declare function checkFindings(instances: readonly Instance[], { file, diagnostics }: Compiling): void;
/** An agent that answers by the built-in schema reports findings. */
export declare function agentFindings(outputSchema: DefaultsEntry['output-schema']): FindingsFormat | undefined;
/** What findings a linter's output is read as. */
export declare function linterFindings({ kind }: Parse): FindingsFormat | undefined;
