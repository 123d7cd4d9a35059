import type { Confinement } from '../confinement.ts';
import { type ContainerOrder } from './container-arguments.ts';
/** What the containers of a run share. */
export interface Containers {
    /** A container for each process of one attempt; or why there is none. */
    confine(order: Omit<ContainerOrder, 'engine' | 'name' | 'owner'>): Promise<Confinement | {
        readonly problem: string;
    }>;
    /** Removes what is left of them. */
    close(): Promise<void>;
}
/** What it takes to run containers. */
export interface ContainersOptions {
    readonly runId: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    /** Where it is written which engines were used: whoever finds the run dead removes its containers. */
    readonly record: () => string;
    readonly warn: (message: string) => void;
}
/** Containers of one run; an engine is looked for when the first is wanted. */
export declare function createContainers({ runId, environment, record, warn }: ContainersOptions): Containers;
/**
 * Removes the containers of a run whose orchestrator is dead. What it has written says only which engines to ask, and about which run: any process of it
 * may have written there.
 */
export declare function removeRecorded(record: string, environment: ContainersOptions['environment']): Promise<void>;
