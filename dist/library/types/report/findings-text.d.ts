import type { Finding, MergedFinding, ReviewVerdict } from '../core/finding.ts';
import { type Severity } from '../core/findings-schema.ts';
import type { Style } from './style.ts';
/** The worst first, then as they stand in the files. */
export declare function worstFirst(findings: readonly MergedFinding[]): MergedFinding[];
/** `1 critical, 2 high`. */
export declare function countSeverities(findings: readonly Finding[]): string;
/** `src/a.ts:3-5`, with ` (removed)` for lines of the file as it was; empty for what concerns no file. */
export declare function placeOf(finding: Finding): string;
/** `removed lines 3-5`, for what can say nothing of the file before the change; empty where the lines are those of the file as it is. */
export declare function removedLinesOf({ line, endLine, side }: Finding): string;
/**
 * A list for GitHub, at most `most`, the worst first; nothing without findings. With `show`, which makes an agent's Markdown harmless, each opens to
 * what is said of it.
 */
export declare function renderFindings(findings: readonly MergedFinding[], most: number, show: ((text: string) => string) | undefined): string[];
/** The sign of a severity. */
export declare function severitySign(severity: Severity): string;
/** One finding for GitHub: a line, or one that opens to what is said of it where there is a way to show that. */
export declare function renderFinding(finding: MergedFinding, show: ((text: string) => string) | undefined): string;
/** Who reported a finding, what it is about and what verification came to: `claude`, `codex`, `security`, `confirmed`. */
export declare function tagsOf({ agents, category, state }: MergedFinding): string[];
/** `🔎 **Not reviewed**: security (timeout) did not look`, for GitHub; nothing where there is no review. */
export declare function renderVerdict(verdict: ReviewVerdict | null): string[];
/** The same for a console, an empty line before it. */
export declare function renderConsoleVerdict(verdict: ReviewVerdict | null, style: Style): string[];
/** Lines for a console, an empty one before them; nothing without findings. */
export declare function renderConsoleFindings(findings: readonly MergedFinding[], style: Style): string[];
/**
 * One line each, as GCC writes them and problem matchers read them: `path:line:1: error: title [high, security] (agents)`. What is about a whole file is
 * or about lines that are removed is at its first line; what is about none has our name where others have a path ("Formatting Error Messages" of the GNU Coding Standards).
 */
export declare function renderFindingLines(findings: readonly MergedFinding[]): Generator<string>;
