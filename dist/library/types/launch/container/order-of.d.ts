import type { ContainerRules } from '../../core/confinement.ts';
import type { ConfinedAttempt } from '../confinement.ts';
import type { ContainerOrder } from './container-arguments.ts';
/** What the container of an attempt is to be, or why none will do. A simulated model is reached whatever the network. */
export declare function orderOf(attempt: ConfinedAttempt, rules: ContainerRules): Omit<ContainerOrder, 'engine' | 'name' | 'owner'> | {
    readonly problem: string;
};
