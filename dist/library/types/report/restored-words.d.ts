import type { KeyDifference } from '../core/kept-outcome.ts';
import type { InstanceState } from '../core/run-state.ts';
import { type Accounting } from '../core/usage.ts';
import type { ReportRow } from './report-model.ts';
/** What the instances of a run did not consume because earlier runs had; undefined where none was restored. */
export declare function savedBy(rows: readonly Pick<ReportRow, 'restored'>[]): {
    readonly instances: number;
    readonly accounting: Accounting;
} | undefined;
/** `3 instances restored, which saved 12,345 tokens and $0.12`; empty where none was. */
export declare function describeSaved(rows: readonly Pick<ReportRow, 'restored'>[]): string;
/** `restored, saved 12,345 tokens · $0.12`; empty where the instance ran. */
export declare function describeRestored({ attempts }: Pick<InstanceState, 'attempts'>): string;
/** `files (src/a.ts, src/b.ts and 3 more), prompt`: what of a content key differs. */
export declare function describeDifferences(differs: readonly KeyDifference[]): string;
