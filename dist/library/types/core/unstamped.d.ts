import type { RunEvent, Stamped } from './event.ts';
/** An event as it was before the bus stamped it. */
export declare function unstamped(stamped: Stamped): RunEvent;
