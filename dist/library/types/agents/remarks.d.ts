import type { Remark, WarningKind } from '../core/expectation.ts';
/** What an attempt is warned of, each once. */
export interface Remarks {
    add(text: string, kind?: WarningKind): void;
    all(): Remark[];
}
/** Begins with those of the process before. */
export declare function createRemarks(earlier?: readonly Remark[]): Remarks;
