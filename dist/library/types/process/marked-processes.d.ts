import { type ProcStat } from './proc.ts';
/** A process of a tree. */
export interface MarkedProcess extends ProcStat {
    readonly pid: number;
}
/**
 * The living processes (and zombies) that carry a mark or one below it; empty where there is no /proc. The leader counts whatever was read:
 * before it became the program it carried the mark of its fork server.
 */
export declare function listMarked(mark: string, leader?: number): MarkedProcess[];
/** Resident memory; shared pages count in full. */
export declare function residentBytes(pid: number): number;
/** Memory with shared pages divided among those who share them; costs a walk over its pages. */
export declare function proportionalBytes(pid: number): number;
