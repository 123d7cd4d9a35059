import { type Link, type Node } from './node.ts';
import type { Progress } from './progress.ts';
/** After a member of a group ended: decides the edges that ask for so many of the members, once they have them or no longer can. */
export declare function followQuorums(progress: Progress, member: Node): void;
/** Looks at what of a group has ended before an edge from it joined the plan. */
export declare function catchUp(progress: Progress, link: Link): void;
