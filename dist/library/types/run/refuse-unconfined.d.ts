import type { RunOptions } from './run-options.ts';
/**
 * Throws where an instance is to run in a container or sandbox that this machine cannot make: before the run, since half of it would be for nothing.
 * Where only some instances are run, each that cannot says so itself.
 */
export declare function refuseUnconfined({ plan, environment, only, resume, shard, }: Pick<RunOptions, 'plan' | 'environment' | 'only' | 'resume' | 'shard'>): Promise<void>;
