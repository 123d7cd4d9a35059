import type { ChildEnd } from './spawn.ts';
/** The errno name of an error, or its class where it has none. */
export declare function codeOf(error: unknown): string;
/** The error of an `execve` that somebody else tried for us. */
export declare function systemError(errno: number): Error;
/** What a status of wait(2) says. */
export declare function endOfStatus(status: number): ChildEnd;
