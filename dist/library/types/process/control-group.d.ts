import type { ProcessLimits } from '../core/instance.ts';
/** A control group (cgroup v2) of one process tree. */
export interface ControlGroup {
    /** Moves a process in, with everything it will start; false when the kernel refuses. */
    join(pid: number): boolean;
    /** Whether the kernel has killed members because the group was at its memory limit. */
    ranOutOfMemory(): boolean;
    /** Kills every member, whatever became of its environment, group or session, and removes the group. */
    remove(): Promise<void>;
}
/**
 * A group that holds a tree to its limits of memory and cores; undefined when the limits ask for neither, or where we may not make one: that
 * takes cgroup v2 and a parent that is ours and passes the controllers on, as a user's systemd session has and most containers and
 * hosted runners have not.
 */
export declare function createControlGroup(name: string, limits: ProcessLimits): ControlGroup | undefined;
/** Whether a parent passes on what a share of cores needs; that we may write there shows when a group is made. */
export declare function canLimitCores(): boolean;
/** Makes a group below `parent` and writes its settings; undefined, and nothing left behind, when any of that fails. */
export declare function createGroupIn(parent: string, name: string, settings: Readonly<Record<string, string>>): ControlGroup | undefined;
/** Paths of our own group and those above it, as far as they pass the controllers on to their children. */
export declare function parentGroups(controllers: readonly string[]): string[];
