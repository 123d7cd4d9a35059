import type { Finding, FindingsFormat } from '../core/finding.ts';
import type { Json } from '../core/json.ts';
import { type ReporterPlace } from './normal-path.ts';
/** The findings of one answer. */
export interface ReadFindings {
    readonly findings: readonly Finding[];
    /** Entries that hold no finding: without words, or not of the format's form. They are counted, never dropped in silence. */
    readonly unread: number;
    /** Whether it has the form of its format at all. */
    readonly isWhole: boolean;
}
/** Reads what a reporter wrote; paths become those of the repository. Never throws. */
export declare function readFindings(format: FindingsFormat, value: Json, place: ReporterPlace): ReadFindings;
