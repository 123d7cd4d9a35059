import type { RunEvent } from './event.ts';
/** An event with what earlier versions left out of the plan: the status functions that conditions call. */
export declare function completeEvent<E extends RunEvent>(event: E): E;
