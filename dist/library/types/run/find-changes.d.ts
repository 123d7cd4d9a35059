import type { Changes } from '../core/changes.ts';
import type { JsonObject } from '../core/json.ts';
import type { Plan } from '../core/plan.ts';
import type { ReadChanges } from './read-changes.ts';
import type { RunOptions } from './run-options.ts';
/** What of a run's options says what changed. */
export interface FindChangesOptions {
    readonly plan: Plan;
    readonly workspace: string;
    readonly environment: Readonly<Record<string, string | undefined>>;
    readonly github?: JsonObject;
    readonly base?: string;
    readonly before?: AbortSignal;
    readonly earlier?: RunOptions['earlier'];
}
/**
 * What changed, where the plan asks for it, or a review of a pull request needs it to know its lines: without that a run goes on all the same, and
 * the notice says so. With it comes what earlier reviews said, and where that is now.
 */
export declare function findChanges(options: FindChangesOptions, mask: (text: string) => string): Promise<{
    readonly found: ReadChanges | undefined;
    readonly notices: readonly string[];
}>;
/** The files that changed, for whoever decides whether there is to be a run at all. Rejects with ChangesError where git cannot tell. */
export declare function filesChanged(plan: Plan, options: Omit<FindChangesOptions, 'plan'>): Promise<Changes | undefined>;
