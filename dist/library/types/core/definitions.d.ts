import type { Instance, ProcessDefinition } from './instance.ts';
/** A definition of a process as the plan has it, and whose it is. */
export interface OwnedDefinition {
    readonly id: string;
    readonly definition: ProcessDefinition;
}
/** Every definition a run can come to start: also those that fallbacks bring, and those of cells that a dynamic matrix is yet to make. */
export declare function definitionsOf(instances: readonly Instance[]): Generator<OwnedDefinition>;
