import type { RunEvent, RunStarted, Stamped } from '../core/event.ts';
import type { Json } from '../core/json.ts';
import { type Reason, type Result } from '../core/outcome.ts';
import type { Command } from './command.ts';
import type { Node } from './node.ts';
import type { Progress } from './progress.ts';
/** One call of `decide`: what it looks at, the time it is made at, and what it has come to so far. */
export interface Decision {
    readonly progress: Progress;
    readonly started: Stamped<RunStarted>;
    readonly now: number;
    readonly commands: Command[];
}
/** A decision about nothing yet. */
export declare function createDecision(progress: Progress, started: Stamped<RunStarted>, now: number): Decision;
/** Asks for an event to be recorded; until it has come back nothing new is decided. */
export declare function record({ progress, commands }: Decision, event: RunEvent): void;
/** How a node ends. */
export interface End {
    readonly outcome: Result;
    readonly reason?: Reason;
    readonly detail?: string;
    readonly outputs?: Readonly<Record<string, Json>>;
}
/** Records the one terminal event of a node; `continue-on-error` turns its failure into a success for what follows. */
export declare function endNode(decision: Decision, node: Node, { outcome, reason, detail, outputs }: End): void;
