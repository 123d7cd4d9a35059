import type { EffectBounds, EffectRules } from '../core/effect.ts';
import type { Budget, Fallback, ProcessInstance } from '../core/instance.ts';
/** Keys of an entry of the file; what is undefined is not printed. */
export type PrintedEntry = Record<string, unknown>;
/**
 * What an instance says about its process and policy: everything that differs from what a file without `defaults` means.
 * A cell of a matrix also says what other cells may have otherwise.
 */
export declare function processEntry(instance: ProcessInstance, isCell?: boolean): PrintedEntry;
/**
 * An entry of `agents` for an agent that the instance falls back to: what its process has otherwise than the
 * instance's own, since an agent's keys come before those of the instance it stands in for.
 */
export declare function fallbackAgent(instance: ProcessInstance, fallback: Fallback): PrintedEntry;
/** A budget as the file spells it. */
export declare function budgetEntry(budget: Budget | undefined): PrintedEntry | undefined;
/** A number of minutes; undefined where there is none. */
export declare function minutes(durationMs: number | undefined): number | undefined;
/** A list or map that holds something. */
export declare function unlessEmpty<T extends object>(collection: T): T | undefined;
/** Effects, or their bounds, as the file spells them. */
export declare function effectsEntry({ pullRequest, issue, push, dispatch, ...others }: EffectRules | EffectBounds): PrintedEntry;
