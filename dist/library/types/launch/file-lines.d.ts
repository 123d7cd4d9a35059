/** Lines of the files below a directory, each read once; none of what is no file there. */
export declare function createFileLines(root: string): (path: string) => readonly string[] | undefined;
