/** Columns one character (a code point) takes in a terminal: 0, 1 or 2. */
export declare function characterWidth(character: string): number;
/** Columns a line of text takes in a terminal. */
export declare function textWidth(text: string): number;
/** The text in at most `columns` columns, with an ellipsis where something is cut off. */
export declare function cutToWidth(text: string, columns: number): string;
/** The text, cut or filled with spaces to exactly `columns` columns. */
export declare function fitToWidth(text: string, columns: number, side?: 'left' | 'right'): string;
