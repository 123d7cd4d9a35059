import { type LinkedRun } from '../core/link.ts';
import type { JsonObject } from '../core/json.ts';
import type { Reason, Result } from '../core/outcome.ts';
import type { Progress } from './progress.ts';
/** What the run came to that a link names, as the journal has it. */
export declare function linkedRunOf({ started }: Progress, id: string): LinkedRun;
/** How a link ends. A run that did not succeed is no failure of this one. */
export declare function linkedEnd(progress: Progress, id: string): {
    readonly outcome: Result;
    readonly reason: Reason;
    readonly detail: string;
    readonly outputs: JsonObject;
};
