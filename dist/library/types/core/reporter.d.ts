import type { Stamped } from './event.ts';
import type { RunState } from './run-state.ts';
/** What a reporter says of its delivery; undefined where it has nothing to deliver (no pull request). */
export type Delivery = {
    readonly url?: string;
    readonly detail?: string;
} | undefined;
/**
 * Something that tells people about a run. `onEvent` is called for each event after the state has it, in order,
 * and must not wait; `onEnd` may, until `signal` aborts, and is given what there is to report, built once for all.
 * One that throws becomes `report.failed`; the others go on.
 */
export interface Reporter<Report = unknown> {
    readonly name: string;
    onEvent?(event: Stamped, state: RunState): void;
    /** With less time it does not begin: loading what it needs would keep busy a process that is about to be ended. Default 0. */
    readonly leastMs?: number;
    onEnd?(state: RunState, signal: AbortSignal, report: Report): Promise<Delivery>;
    /** Called some times a second while the run goes on, for what changes with time alone. */
    refresh?(): void;
    /** Gives back what it holds (a terminal, a port). Called when the run is over, however it ended. */
    close?(): void;
}
/** How a reporter comes into a run: a line of a registry. `Context` is what it finds there. */
export interface ReporterEntry<Context, Report = unknown> {
    /** As its reporter is called. */
    readonly name: string;
    /** Whether there is anything for it to do here. */
    when(context: Context): boolean;
    /** Makes it, loading what it is made of. */
    create(context: Context): Reporter<Report> | Promise<Reporter<Report>>;
}
/** Makes the reporters of a registry that are wanted here. One that cannot be made is reported as not delivered, as one that fails later is. */
export declare function openReporters<Context, Report>(registry: readonly ReporterEntry<Context, Report>[], context: Context): Promise<Reporter<Report>[]>;
