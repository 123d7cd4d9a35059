import { type Birth } from './newcomers.ts';
/** Signals a whole process group; on Windows, which has neither groups nor TERM, ends the process's tree. */
export declare function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void;
/** Whether a group has members, be it only zombies. */
export declare function hasGroup(pid: number): boolean;
/**
 * Waits while members of a group that was asked to end are at it, which may take them longer than their leader. Zombies do not count: where
 * process 1 is no init, in many containers, nobody ever collects them.
 */
export declare function groupEnded(pid: number, birth: Birth, isTimeUp: () => boolean): Promise<void>;
