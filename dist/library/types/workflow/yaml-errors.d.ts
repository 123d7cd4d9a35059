import type { YAMLError } from 'yaml';
import type { SourceRange } from '../core/diagnostic.ts';
import type { Diagnostics } from './diagnostics.ts';
import { type SourceFile } from './source-file.ts';
/** How deep maps and lists may be nested. */
export declare const nestingLimit = 100;
interface Described {
    readonly code: string;
    readonly message: string;
    readonly hint?: string | undefined;
    readonly range: SourceRange;
}
/** A parse error in our words, under a stable code, at a place that can be shown. */
export declare function describeSyntaxError(error: YAMLError, file: SourceFile): Described;
/** Whether what the parser says of the line after an error only follows from that error. */
export declare function spoilsNextLine({ message }: YAMLError): boolean;
/** Reports the first place that is nested too deep for the parser itself, found by counting brackets and dashes. */
export declare function reportNesting(file: SourceFile, diagnostics: Diagnostics): void;
export {};
