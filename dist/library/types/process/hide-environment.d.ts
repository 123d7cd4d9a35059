/**
 * Takes variables out of the block that a process is started with, which every process of the same user can read in `/proc/<pid>/environ` as
 * long as it lives. `env` is that of this process, and keeps its values: setting one copies it elsewhere, and the block is then overwritten
 * through `/proc/self/mem`. Nothing happens where there is no `/proc`.
 */
export declare function hideEnvironment(env: NodeJS.ProcessEnv, names: readonly string[]): void;
/** A process above us, or ourselves, whose environment tells a variable. */
export interface Holder {
    readonly pid: number;
    readonly name: string;
    readonly program: string;
}
/** The processes from us upwards that show one of these variables to all of the same user. */
export declare function findHolders(names: readonly string[]): Holder[];
