import type { ProcessInstance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
import type { ProcessDraft } from './draft.ts';
/** What a process instance has besides what every node has. */
export type ProcessParts = Omit<ProcessInstance, 'kind' | keyof Pick<ProcessInstance, 'id' | 'label' | 'parent' | 'key' | 'previous' | 'needs' | 'join' | 'paths' | 'if' | 'ifCalls' | 'names' | 'matrix' | 'at'>>;
/** Everything about an instance's process and policy; undefined when it has no runtime, which has been reported. */
export declare function buildProcess(draft: ProcessDraft, compiling: Compiling): ProcessParts | undefined;
