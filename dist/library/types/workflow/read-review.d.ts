import type { FindingsGate, ReviewRules, ReviewSettings } from '../core/finding.ts';
import type { Compiling } from './compiling.ts';
import type { OrchestrationFile } from './schema.ts';
type ReviewEntry = NonNullable<OrchestrationFile['review']>;
type ReportEntry = NonNullable<OrchestrationFile['report']>;
/** `review` of a file with all that it includes: of each key, what the last document says. */
export declare function reviewEntry(documents: readonly OrchestrationFile[]): ReviewEntry;
/** Which findings count; undefined where the file does not say. */
export declare function readRules(entry: ReviewEntry): ReviewRules | undefined;
/** How findings are posted; undefined where they are not. What `review` says is posted unless `report.review` is switched off. */
export declare function readPosting(entry: ReportEntry['review'], review: ReviewEntry): ReviewSettings | undefined;
/** `report.fail-on`. */
export declare function readGate(entry: ReportEntry['fail-on']): FindingsGate | undefined;
/** Reports what is said in two places, of which one would be ignored. */
export declare function checkPosting({ file, diagnostics }: Compiling): void;
export {};
