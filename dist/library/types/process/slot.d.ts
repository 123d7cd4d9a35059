import type { Child, Spawn } from './spawn.ts';
/** A small process that starts programs for us, one at a time. */
export interface Slot {
    /** Undefined when it cannot: the caller starts the program by other means. Only for a slot that is ready. */
    start(spawn: Spawn, mark: string): Child | undefined;
    /** Lets it end. */
    close(): void;
}
/** What a slot tells of itself. */
export interface SlotListener {
    onReady(slot: Slot): void;
    /** It is of no use any more. */
    onLost(slot: Slot): void;
}
/** Starts a slot, which carries the mark itself. Before `onReady` it is of no use. */
export declare function createSlot(mark: string, { onReady, onLost }: SlotListener): Slot;
