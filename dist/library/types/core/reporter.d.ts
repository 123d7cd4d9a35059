import type { Stamped } from './event.ts';
import type { RunState } from './run-state.ts';
/** What a reporter says of its delivery; undefined where it has nothing to deliver (no pull request). */
export type Delivery = {
    readonly url?: string;
    readonly detail?: string;
} | undefined;
/**
 * Something that tells people about a run. `onEvent` is called for each event after the state has it, in order,
 * and must not wait; `onEnd` may, until `signal` aborts. One that throws becomes `report.failed`; the others go on.
 */
export interface Reporter {
    readonly name: string;
    onEvent?(event: Stamped, state: RunState): void;
    onEnd?(state: RunState, signal: AbortSignal): Promise<Delivery>;
}
