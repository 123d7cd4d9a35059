/**
 * The line of a program's standard error that says why it failed, as `plainLine`: not what stands below it in what programs usually write, such as
 * stack frames, hints or the version of the interpreter. The last line that is not blank where no line says so.
 */
export declare function tellingLine(text: string): string;
