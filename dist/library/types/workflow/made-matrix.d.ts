import type { VerificationRules } from '../core/finding.ts';
import type { MatrixEntry } from './matrix-entry.ts';
import type { InstanceEntry } from './schema-instance.ts';
import type { VerificationEntry } from './verification.ts';
/** A matrix that nobody has written: its cells are the chunks of the diff, or the findings to verify. */
export interface MadeMatrix {
    readonly matrix: MatrixEntry;
    /** What its cells are made of. */
    readonly source: {
        readonly splitBytes: number;
    } | {
        readonly candidates: VerificationRules;
    } | undefined;
}
/** The matrix that an entry has without writing one; undefined where it has none. */
export declare function madeMatrix(entry: InstanceEntry, verification: VerificationEntry | undefined): MadeMatrix | undefined;
