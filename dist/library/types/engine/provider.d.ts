import type { AttemptEnded, ProviderThrottled, Stamped } from '../core/event.ts';
import { type Decision } from './decision.ts';
import type { Node, Provider } from './node.ts';
import type { Progress } from './progress.ts';
/**
 * Learns from how an attempt ended what its provider can bear. The limit on parallel attempts follows AIMD: a refusal
 * (429, 529) halves it, but not below what the provider goes on serving; as many successes as the limit raise it by one.
 * Refusals of attempts that were under way when the limit was lowered belong to the same halving.
 */
export declare function observeAttempt(progress: Progress, node: Node, event: Stamped<AttemptEnded>): void;
/** Records what the newest refusals mean for the providers concerned. */
export declare function throttleProviders(decision: Decision): void;
/** Puts a recorded throttling into force. */
export declare function applyThrottle(progress: Progress, event: ProviderThrottled): void;
/** After a resume: who had no quota may have it now. */
export declare function closeCircuits(progress: Progress): void;
/** Why nothing of a provider starts any more. */
export declare function explainCircuit({ name, why, resetAt }: Provider): string;
