import { type Lane, type Node, type Pool, type Resource } from './node.ts';
import type { Progress } from './progress.ts';
/**
 * Ready nodes wait in lanes: all nodes of a lane are held back by the same things, so looking at the first one is enough.
 * A lane stands in the line of its pool, or is parked at the one resource it waits for.
 */
export declare function enqueue(progress: Progress, node: Node): void;
/** The lane that may go on and whose first node comes first, over both pools; serving it makes its entry in the line a stale one. */
export declare function nextLane(progress: Progress): Lane | undefined;
/** Takes the first node out of a lane; the lane goes back into its line with the next one. */
export declare function takeFirst(lane: Lane): void;
/** Puts a lane in its pool's line, or parks it at what it waits for. */
export declare function placeLane(progress: Progress, lane: Lane, at: Resource | undefined): void;
/** What keeps a node from starting now, if anything. */
export declare function blockerOf(progress: Progress, node: Node, now: number): Resource | undefined;
/**
 * Lets the first lane of a pool that is parked at a resource go on; it lets the next one follow once it has had its turn.
 * Lanes at a budget all go on: what is left may be enough for any of them. So do those at a prefix.
 */
export declare function wakeFirst(progress: Progress, resource: Resource, pool: Pool, now: number): void;
/** After a process started: what else is in the same member of a limited group needs no further slot. */
export declare function wakeSiblings(progress: Progress, node: Node): void;
/** Whether it may be there for all that wait for it. */
export declare function wakesAll({ kind }: Resource): boolean;
