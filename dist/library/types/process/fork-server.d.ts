import type { Child, Spawn } from './spawn.ts';
/** A small process that starts programs in our place. */
export interface ForkServer {
    /** Resolves with the error of a program that cannot be started, and with undefined when it must be started by other means. */
    start(spawn: Spawn, mark: string): Promise<Child | {
        readonly error: Error;
    } | undefined>;
    /** Lets it end. */
    close(): void;
}
/** Starts a fork server, which carries the mark itself; `onLost` is called when it is of no use any more. */
export declare function createForkServer(mark: string, onLost: () => void): ForkServer;
