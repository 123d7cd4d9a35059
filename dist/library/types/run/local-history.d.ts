import { type HistoryStore } from './history.ts';
/**
 * The history in a folder, one line for each run, each with its checksum. Several runs may put their records there at once: a lock keeps one from
 * undoing what the other did. A damaged line is left out, and for as long as it may matter the history says that one was.
 */
export declare function localHistory(root: string, now: () => number): HistoryStore;
