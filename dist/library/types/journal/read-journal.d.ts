import type { Stamped } from '../core/event.ts';
import { type RunState } from '../core/run-state.ts';
/**
 * The events of a journal in order, read as they are asked for. A last line without its line end is a write that was cut off
 * and is left out. Throws `JournalError` for any other line that is not the event that belongs there or whose checksum is wrong (the first versions
 * wrote none), and as `node:fs` does when the file cannot be read.
 */
export declare function readJournal(path: string): Generator<Stamped>;
/** An event and where its line stands in the file, in bytes, without its line end. */
export interface PlacedEvent {
    readonly event: Stamped;
    readonly start: number;
    readonly length: number;
}
/** The same with their places, by which `readEventAt` reads one again. */
export declare function readPlacedEvents(path: string): Generator<PlacedEvent>;
/** Reads one event again from its place. Throws as `readJournal` does, also where another one stands there now. */
export declare function readEventAt(path: string, { start, length, seq }: Omit<PlacedEvent, 'event'> & {
    readonly seq: number;
}): Stamped;
/** A line of a damaged journal that is not the event that belongs there. */
export interface DroppedLine {
    readonly type: 'dropped';
    readonly line: number;
    readonly why: string;
}
/** The events of a journal that are whole, in order, and in their places the lines that are not. Throws as `node:fs` does. */
export declare function scanJournal(path: string): Generator<Stamped | DroppedLine>;
/** Folds a whole journal into a state and returns the number of its next event. Throws as `readJournal` does, also for an event that is not whole. */
export declare function foldJournal(path: string, state: RunState): number;
/** The event of a line without its end, or what is wrong with it; `version` is the format of the line before, 1 for the first. */
export declare function parseEvent(line: Buffer, version: number): Stamped | string;
