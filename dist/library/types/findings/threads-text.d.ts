import type { EarlierReview, PlacedThread } from '../core/review-thread.ts';
/** What earlier reviews said, what was answered and what became of it, for an agent to read as data; empty where nothing was said. */
export declare function threadsText({ threads }: EarlierReview<PlacedThread>): string;
