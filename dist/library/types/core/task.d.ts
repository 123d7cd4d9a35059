import type { ProcessDefinition } from './instance.ts';
/**
 * One attempt, ready to start: a process definition whose templates are all rendered.
 * `attempt` counts from 1 over retries and fallbacks of the instance.
 */
export interface Task extends ProcessDefinition {
    readonly id: string;
    readonly label: string;
    readonly attempt: number;
}
