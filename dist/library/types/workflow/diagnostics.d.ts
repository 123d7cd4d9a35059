import type { Diagnostic, DiagnosticNote, SourceRange } from '../core/diagnostic.ts';
/** What a diagnostic may have besides code, message and place. */
export interface DiagnosticDetails {
    /** A hint that takes long to find is a function; of very many diagnostics, only the first have one. */
    readonly hint?: string | (() => string | undefined) | undefined;
    readonly notes?: readonly DiagnosticNote[];
}
/** Collects what is wrong with a file and the files it includes. */
export interface Diagnostics {
    error(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void;
    warning(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void;
    notice(code: string, message: string, range: SourceRange, details?: DiagnosticDetails): void;
    readonly hasErrors: boolean;
    /** Everything so far, without repetitions: by file in the order given, then by position. */
    sorted(files: readonly string[]): Diagnostic[];
}
/** An empty collection. */
export declare function createDiagnostics(): Diagnostics;
