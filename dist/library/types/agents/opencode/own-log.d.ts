import type { AttemptDirectory } from '../agent.ts';
/** Whether OpenCode's log, in the home of the attempt, has a request that broke off: it asks again without a word in its stream. */
export declare function hasLostRequest({ home }: AttemptDirectory): boolean;
