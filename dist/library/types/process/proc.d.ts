/** Whether the processes of this machine can be looked at. */
export declare function hasProc(): boolean;
/** Every process id there is, but our own. Empty where there is no /proc. */
export declare function listPids(): number[];
/** What `/proc/PID/stat` tells of a process. */
export interface ProcStat {
    readonly parent: number;
    readonly group: number;
    /** It has ended and only waits to be asked for its status. */
    readonly zombie: boolean;
    /** A signal has stopped it. */
    readonly stopped: boolean;
    readonly kernelThread: boolean;
    /** CPU time of itself and of the children it has waited for. */
    readonly cpuMs: number;
    /** Since the machine was booted, in hundredths of a second: with the id it names a process for good. */
    readonly startTicks: number;
}
/** Undefined for a process that is gone. */
export declare function readStat(pid: number): ProcStat | undefined;
/** A view that is valid until the next call; empty when the file cannot be read. */
export declare function readProcFile(pid: number, name: string): Buffer;
