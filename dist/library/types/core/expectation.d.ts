/**
 * What can be wrong with an attempt that succeeded, by kind: a tool call was denied, an MCP server did not start, another model answered than the one
 * asked for, the answer was cut off, the model refused.
 */
export declare const warningKinds: readonly ['denied', 'mcp-failed', 'model-changed', 'truncated', 'refused'];
/** One of these. */
export type WarningKind = (typeof warningKinds)[number];
/** What the user should know of an attempt although it changes no result, one line. */
export interface Remark {
    readonly text: string;
    /** Absent for what `expect` does not know. */
    readonly kind?: WarningKind;
}
/** Evidence asked for beyond exit 0. `files` are globs relative to the working directory, `denials` the tolerated count. */
export interface Expectation {
    readonly text?: 'non-empty' | 'any';
    readonly files?: readonly string[];
    readonly denials?: number;
    readonly regex?: string;
    /** Warnings that it fails for: of these kinds, or of any. */
    readonly noWarnings?: true | readonly WarningKind[];
}
