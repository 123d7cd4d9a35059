import { type Node, type Prefix } from './node.ts';
import type { Progress } from './progress.ts';
/** The name of what a node's next attempt shares with others; nothing where it falls back to another runtime or model. */
export declare function prefixNameOf({ definition, fallback }: Node): string | undefined;
/** What a node's next attempt shares with others. */
export declare function prefixOf(progress: Progress, node: Node): Prefix | undefined;
/** Whether another one leads, and may still be waited for. */
export declare function isLed({ leader }: Prefix, now: number): boolean;
/** A node starts: the first with its prefix leads, those after its first answer read what it left at the provider. */
export declare function joinPrefix(progress: Progress, node: Node, at: number): boolean;
/** The one that leads has answered, or has ended: the others go on, or one of them leads. */
export declare function leavePrefix(progress: Progress, node: Node, at: number, hasAnswered: boolean): void;
