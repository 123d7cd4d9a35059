import { type LinkedRun, type LinkedRunFacts, type LinkRule } from '../core/link.ts';
import type { Plan } from '../core/plan.ts';
import type { RunState } from '../core/run-state.ts';
/** The newest finished run that a link may mean, or a clause on why there is none. */
export type FoundRun = {
    readonly state: RunState;
    readonly facts: Pick<LinkedRunFacts, 'id' | 'url'>;
} | {
    readonly none: string;
};
/** Looks for the newest finished run of another orchestration. May reject: then that is why none counts. */
export type FindRun = (link: LinkRule, signal: AbortSignal) => Promise<FoundRun>;
/** What links are read with. */
export interface LinkReading {
    /** What is known of them already. */
    readonly known: Readonly<Record<string, LinkedRun>>;
    readonly now: () => number;
    readonly before?: AbortSignal;
}
/** What the runs came to that a plan's links name; undefined where it has none. Each is asked for once. */
export declare function readLinkedRuns(plan: Plan, simulated: boolean, find: FindRun, { known, now, before }: LinkReading): Promise<Readonly<Record<string, LinkedRun>> | undefined>;
