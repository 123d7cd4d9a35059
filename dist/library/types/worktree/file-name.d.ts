/** A path from the root of a repository, with `/`, one character a byte. */
export type FileName = string;
/** What people see. */
export declare function shown(name: FileName): string;
/** A path of the orchestrator's own as a name. */
export declare function nameOf(path: string): FileName;
/** What the file system takes. */
export declare function onDisk(folder: string, name: FileName): string | Buffer;
/** The parts of an answer of git with `-z`. */
export declare function splitNames(output: string): FileName[];
