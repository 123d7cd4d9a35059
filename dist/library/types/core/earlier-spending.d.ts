/**
 * What others spent of a budget that holds for a day or a week: the other runs of the same name since then, less what this run itself spent
 * before. Tokens and dollars may be negative, where a run of yesterday is resumed today.
 */
export interface EarlierSpending {
    /** When the day (UTC) or week (from Monday) began, epoch milliseconds. */
    readonly since: number;
    /** How many other runs have spent something since. */
    readonly runs: number;
    readonly tokens: number;
    readonly costUsd: number;
    /** Of what the figure is a lower bound: some run did not tell, or still runs. */
    readonly atLeast: {
        readonly tokens: boolean;
        readonly costUsd: boolean;
    };
    /** Why more is unknown than that, a clause; absent where nothing is. */
    readonly unknown?: string;
}
/** What others spent of the run's budget of a day or week has changed since. */
export interface BudgetCarried {
    readonly type: 'budget.carried';
    readonly earlier: EarlierSpending;
}
/** When the day or week of a time began: at 00:00 UTC, the week on Monday. Epoch milliseconds. */
export declare function beginningOf(per: 'day' | 'week', at: number): number;
/** `2026-11-29`: the day of a time, in UTC. */
export declare function dayOf(at: number): string;
/** A budget's warning threshold or limit was crossed. `scope` is an instance or group id, or null for the run. */
export interface BudgetCrossed {
    readonly type: 'budget.warned' | 'budget.exceeded';
    readonly scope: string | null;
    readonly tokens: number | null;
    readonly costUsd: number | null;
    readonly action: 'stop' | 'cancel' | 'warn';
}
