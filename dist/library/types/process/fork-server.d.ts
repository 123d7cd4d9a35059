import type { Child, NotStarted, Spawn } from './spawn.ts';
/** A small process that starts programs in our place, and is the parent of what they leave behind. */
export interface ForkServer {
    /** Resolves with the error of a program that cannot be started, and with undefined when it must be started by other means. */
    start(spawn: Spawn, mark: string): Promise<Child | NotStarted | undefined>;
    /** Kills what its programs left behind and lets it end. */
    close(): Promise<void>;
}
/** What a fork server was doing when it was lost: it had never been ready, it waited for requests, or programs of it ran. */
export type LostWhile = 'starting' | 'idle' | 'busy';
/** Starts a fork server, which carries the mark itself; `onLost` is called when it is of no use any more, unless it was closed. It locks the claims first. */
export declare function createForkServer(mark: string, onLost: (doing: LostWhile) => void, claims?: readonly number[]): ForkServer;
