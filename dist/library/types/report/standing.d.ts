import { type Result } from '../core/outcome.ts';
import type { InstanceState } from '../core/run-state.ts';
/**
 * Where something stands: once it ended one of the four results, or that its failure was forgiven by `continue-on-error` or superseded by a later round;
 * else what it is doing, or was doing, or had not begun to do, when the orchestrator was killed.
 */
export type Standing = Result | 'forgiven' | 'superseded' | 'running' | 'retrying' | 'waiting' | 'interrupted' | 'unstarted';
/** What has become of a run without an end: it goes on, or its orchestrator was killed. */
export type RunCourse = 'going' | 'killed';
/** A standing in words: `failure (forgiven)`. */
export declare function standingWords(standing: Standing): string;
/** Where an instance stands now. A group has no attempts: with its `members` known, it runs while any member does or some have ended and others have not. */
export declare function standingOf(at: InstanceState, members?: ReadonlyMap<string, InstanceState[]>): Standing;
