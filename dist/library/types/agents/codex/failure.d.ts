import type { Failure } from '../../core/failure.ts';
import type { Exit } from '../../process/spawn.ts';
/** What the message of `turn.failed` says went wrong. Codex gives prose; its HTTP errors name the status in it. `answered`: the model had said or done anything. */
export declare function codexTurnFailure(message: string, exit: Exit, answered: boolean): Failure;
/** Whether a turn failed because its last request was refused whole, which then cost nothing. */
export declare function isRefusal(message: string, { kind }: Failure): boolean;
