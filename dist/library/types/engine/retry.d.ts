import type { InstanceRetrying } from '../core/event.ts';
import type { Failure } from '../core/failure.ts';
import type { ProcessInstance, RetryPolicy } from '../core/instance.ts';
import type { Decision } from './decision.ts';
import type { Node } from './node.ts';
/** What `instance.retrying` says beyond whose attempt it is. */
export type NextTry = Pick<InstanceRetrying, 'dueAt' | 'why' | 'fallback'>;
/** The next attempt after a failure, by the policy, then by the fallbacks; undefined when there is none. */
export declare function nextTry({ progress, now }: Decision, node: Node, instance: ProcessInstance, failure: Failure): NextTry | undefined;
/** The next of `fallback`, at once. */
export declare function nextFallback(node: Node, instance: ProcessInstance, now: number, why: string): NextTry | undefined;
/** The classes of a failure, as `retry.on` names them; none for what another attempt cannot mend. */
export declare function classesOf(failure: Failure): readonly RetryPolicy['on'][number][];
/** Exponential backoff with full jitter; never before the time the provider asked for. `tries` counts from 1. */
export declare function delayOf(policy: RetryPolicy, tries: number, failure: Failure, random: number): number;
/** Whether an attempt that starts now gives way when it is refused: others of its provider run, and it would be retried. */
export declare function givesWay({ provider, tries }: Node, { retry }: ProcessInstance): boolean;
