import type { Node } from './node.ts';
import type { Progress } from './progress.ts';
import type { Shard } from './shard-scope.ts';
/** Whether another shard runs what has this id. */
export declare function isElsewhere(shard: Shard | undefined, id: string): boolean;
/** Whether it runs nothing and waits for nothing: its time is that of what others left. */
export declare function isCollecting({ shard }: Progress): boolean;
/** Whether what became of a node is a shard's own, by which alone it is judged; all is of a run that has no shards, or collects them. */
export declare function isOwn({ shard }: Progress, { elsewhere }: Node): boolean;
/** Whether nothing may be decided of a node yet: what others left, or what follows from it, says what became of it. */
export declare function isAwaited({ taking, shard }: Progress, { elsewhere, instance: { id, kind } }: Node): boolean;
/** What others left is all there is: what of theirs has not ended is lost, what is ours may begin. */
export declare function endTaking(progress: Progress): void;
/** Why what should have run elsewhere did not. */
export declare function explainLost({ shard }: Progress, { instance }: Node): string;
