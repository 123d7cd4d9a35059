import type { GroupInstance, Instance } from './instance.ts';
import type { LinkRule } from './link.ts';
/** Whether a node is a run of another orchestration, which stands in the `needs` of others. */
export declare function isLink(node: Instance): node is GroupInstance & {
    readonly link: LinkRule;
};
