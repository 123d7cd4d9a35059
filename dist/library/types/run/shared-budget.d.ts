import { type EarlierSpending } from '../core/earlier-spending.ts';
import type { Noticed, RunEvent } from '../core/event.ts';
import type { Reporter } from '../core/reporter.ts';
import { type History, type HistoryStore, type RunRecord } from './history.ts';
/** A budget that holds for the runs of a day or week, as one of them sees it. */
export interface SharedBudget {
    /** What others have spent when the run begins. */
    readonly earlier: EarlierSpending;
    /** That not all of it is known. */
    readonly notices: readonly Noticed[];
    /** What a resumed run is told of it before it decides anything. */
    readonly onResume: readonly RunEvent[];
    /** Says what this run has spent whenever an agent's attempt ends; a reporter, because these see every event. */
    readonly reporter: Reporter;
    /** Where changes of what others spent are sent. */
    connect(send: (event: RunEvent) => void): void;
    /** What is on record of this run. */
    own(): RunRecord | undefined;
}
/** What was spent before; goes on telling other runs what this one spends. `now` is epoch milliseconds. */
export declare function shareBudget(store: HistoryStore, history: History, run: {
    readonly id: string;
    readonly name: string;
    readonly simulated: boolean;
    readonly per: 'day' | 'week';
}, now: () => number): SharedBudget;
/** What runs spent of the day or week of `now`, but for this one: of it, what it spent before then, which is not to count. */
export declare function spendingOfOthers({ runs, unknown }: History, run: {
    readonly id: string;
    readonly simulated: boolean;
    readonly per: 'day' | 'week';
}, now: number): EarlierSpending;
