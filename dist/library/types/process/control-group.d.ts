import type { ProcessLimits } from '../core/instance.ts';
/** A control group (cgroup v2) of one process tree. */
export interface ControlGroup {
    /** The file to which a process writes `0` to move itself in, with everything it will start. */
    readonly entrance: string;
    /** Whether the kernel has killed members because the group was at its own limit of memory. */
    ranOutOfMemory(): boolean;
    /** Kills every member, whatever became of its environment, group or session, removes the group, and tells how many there were. */
    remove(): Promise<number>;
}
/**
 * A group that holds a tree to its limits of memory and cores; undefined when the limits ask for neither, or where we may not make one: that
 * takes cgroup v2, a parent that is ours and passes the controllers on (as a user's systemd session has, and most containers and hosted
 * runners have not), and the interpreter that programs enter it by.
 */
export declare function createControlGroup(name: string, limits: ProcessLimits): ControlGroup | undefined;
/** Whether a program can be held to a share of cores here. */
export declare function canLimitCores(): boolean;
/** Makes a group below `parent` and writes its settings; undefined, and nothing left behind, when any of that fails. */
export declare function createGroupIn(parent: string, name: string, settings: Readonly<Record<string, string>>): ControlGroup | undefined;
/** Ends and removes the groups of the mark and below it that an orchestrator which was killed could not remove. */
export declare function removeControlGroups(mark: string): Promise<void>;
/**
 * Paths of our own group and those above it where we may make groups and move processes, as far as they pass the controllers on to their
 * children. What is above a group of another orchestrator is not ours to use: its limits would hold no more.
 */
export declare function parentGroups(controllers: readonly string[]): string[];
