import type { AttemptProgress } from '../core/event.ts';
import type { Accounting } from '../core/usage.ts';
import type { AgentEvent } from '../agents/agent.ts';
/** What is reported of an attempt under way. */
export type MeteredEvent = Exclude<AgentEvent, {
    type: 'refused' | 'said';
}>;
/** Gathers what an agent's stream says and reports it: the first thing at once, then at most every 200 ms. */
export interface ProgressMeter {
    take(event: MeteredEvent): void;
    /** Reports at once. */
    flush(event: MeteredEvent): void;
    /** Nothing is reported after this. */
    stop(): void;
}
/** A meter for one attempt that starts from these figures. */
export declare function createProgressMeter(attempt: {
    readonly id: string;
    readonly attempt: number;
}, initial: {
    readonly accounting: Accounting;
    readonly model: string | null;
}, emit: (event: AttemptProgress) => void): ProgressMeter;
