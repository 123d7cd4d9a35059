/**
 * How to start a program that was found, without a shell. For the batch file by which npm puts a package's program on the PATH of Windows
 * (`codex.cmd`) that is what is behind it: Node starts no batch file itself, and a shell would read the arguments. All else is left as it is.
 */
export declare function startOf(path: string): readonly string[];
