import type { Instance, ProcessDefinition, ProcessInstance } from './instance.ts';
/** A definition of a process as the plan has it, and whose it is. */
export interface OwnedDefinition {
    readonly id: string;
    readonly definition: ProcessDefinition;
}
/** The processes of a plan: also those that the cells of a dynamic matrix are yet to be made of. */
export declare function processesOf(instances: readonly Instance[]): ProcessInstance[];
/** Every definition a run can come to start: also those that fallbacks bring. */
export declare function definitionsOf(instances: readonly Instance[]): Generator<OwnedDefinition>;
