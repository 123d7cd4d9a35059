/** A comment that goes above a key or an item of a list. */
export interface PrintedComment {
    /** Keys and indexes from the root of the document. */
    readonly path: readonly (string | number)[];
    readonly text: string;
}
/** What a printed file may have besides its values. */
export interface PrintOptions {
    /** Comment at the top. */
    readonly header?: string;
    readonly comments?: readonly PrintedComment[];
}
/**
 * An orchestration file, given as its plain value, as YAML that reads back to the same value: texts over several lines
 * as blocks, short lists of texts and small maps of scalars in one line. What is undefined is left out.
 */
export declare function printFile(file: object, options?: PrintOptions): string;
