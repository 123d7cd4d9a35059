import type { Edge, GroupInstance, Instance } from '../core/instance.ts';
import type { LinkRule } from '../core/link.ts';
import type { PrintedEntry } from './print-process.ts';
/** An edge as an entry of `needs`; `name` is what its upstream is called there. */
export declare function needEntry({ from, when, delayMs, plain, atLeast, cancelRest, optional }: Edge, name: string, upstream: Instance | undefined): string | PrintedEntry;
/** Whether a node is a run of another orchestration, which stands in the `needs` of others. */
export declare function isLink(node: Instance): node is GroupInstance & {
    readonly link: LinkRule;
};
