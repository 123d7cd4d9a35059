import { type Result } from '../core/outcome.ts';
import type { InstanceState } from '../core/run-state.ts';
/** Where something stands: once it ended one of the four results, or that its failure was forgiven by `continue-on-error` or superseded by a later round; else what it is doing. */
export type Standing = Result | 'forgiven' | 'superseded' | 'running' | 'retrying' | 'waiting';
/** A standing in words: `failure (forgiven)`. */
export declare function standingWords(standing: Standing): string;
/** Where an instance stands now. A group has no attempts: with its `members` known, it runs while any member does or some have ended and others have not. */
export declare function standingOf(at: InstanceState, members?: ReadonlyMap<string, InstanceState[]>): Standing;
