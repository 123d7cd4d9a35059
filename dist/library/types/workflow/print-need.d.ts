import type { Edge, Instance } from '../core/instance.ts';
import type { PrintedEntry } from './print-process.ts';
/** An edge as an entry of `needs`; `name` is what its upstream is called there. */
export declare function needEntry({ from, when, delayMs, plain, atLeast, cancelRest, optional }: Edge, name: string, upstream: Instance | undefined): string | PrintedEntry;
