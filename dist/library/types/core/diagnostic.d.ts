/** A place in a text: `line` and `column` count from 1 (columns in UTF-16 units), `offset` from 0. */
export interface Position {
    readonly line: number;
    readonly column: number;
    readonly offset: number;
}
/** A stretch of a file; `end` is exclusive. `file` is the path as the user gave it, or as `include:` named it. */
export interface SourceRange {
    readonly file: string;
    readonly start: Position;
    readonly end: Position;
}
/** A second place that explains a diagnostic ("first defined here"). */
export interface DiagnosticNote {
    readonly message: string;
    readonly range?: SourceRange;
}
/** One mistake in an orchestration file, as data. `code` is stable and documented in `docs/diagnostics.md`. */
export interface Diagnostic {
    readonly code: string;
    readonly severity: 'error' | 'warning' | 'notice';
    readonly message: string;
    readonly range?: SourceRange;
    readonly notes?: readonly DiagnosticNote[];
    /** What to do about it, one sentence; code goes in backticks. */
    readonly hint?: string;
}
