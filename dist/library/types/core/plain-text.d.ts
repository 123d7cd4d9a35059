/**
 * Text from a model, a program or a stranger with nothing left that acts on a terminal or hides its meaning: no escape
 * sequences, no control or bidirectional characters. Lines end with a line feed; what a carriage return overwrote is gone.
 */
export declare function plainText(text: string): string;
/** The same in one line, white space folded. */
export declare function plainLine(text: string): string;
/** Whether a text shows nothing: only blanks, line breaks and characters without a width. */
export declare function isBlank(text: string): boolean;
/**
 * A line that the runner will not take for a workflow command, wherever it stands: `##[name]` acts anywhere in a line,
 * `::name::` at its start (docs of actions/runner, ActionCommand).
 */
export declare function withoutCommands(line: string): string;
/** The last `count` lines of a text, without empty lines at its end, and how many lines stand before them. */
export declare function lastLines(text: string, count: number): {
    lines: string[];
    omitted: number;
};
