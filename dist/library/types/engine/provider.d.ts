import type { AttemptEnded, ProviderThrottled, Stamped } from '../core/event.ts';
import { type Decision } from './decision.ts';
import type { Node, Provider } from './node.ts';
import type { Progress } from './progress.ts';
/**
 * Learns from how an attempt ended what its provider can bear.
 *
 * - The limit on parallel attempts follows AIMD: a refusal (429, 529) halves it, but not below what the provider goes on
 *   serving; as many successes as the limit raise it by one. Refusals of attempts that were under way when the limit was lowered
 *   belong to the same halving.
 * - The cool-down, in which nothing of the provider starts, is as long as it asked for. When it did not say, it is a pause that grows
 *   with each refusal in a row, and only where nothing of it runs: while it serves others, the limit keeps the rest away.
 * - Before a limit is known, `spacingMs` between starts lets the first refusals come before the last of many have started,
 *   and an attempt that is refused while others run gives way (`givesWay`) instead of asking again by itself.
 */
export declare function observeAttempt(progress: Progress, node: Node, event: Stamped<AttemptEnded>): void;
/** Records what the newest refusals mean for the providers concerned. */
export declare function throttleProviders(decision: Decision): void;
/**
 * Puts a recorded throttling into force. An open circuit is looked at again at the time its provider named: then one attempt may
 * ask, and the circuit opens again if that one is refused. Nothing waits for it: what is ready meanwhile ends, or falls back.
 */
export declare function applyThrottle(progress: Progress, event: Stamped<ProviderThrottled>): void;
/** After a resume: who had no quota may have it now. */
export declare function closeCircuits(progress: Progress): void;
/** Why nothing of a provider starts any more. */
export declare function explainCircuit({ name, why, resetAt }: Provider): string;
