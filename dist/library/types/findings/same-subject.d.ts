import type { Finding } from '../core/finding.ts';
/** Lines that two reports of one place may lie apart: reporters point at a statement, its start or the line after it. */
export declare const placeTolerance = 3;
/**
 * The likeness two findings must have to be one: little where the place speaks for it already, more where only words do. Infinity when they are
 * certainly two: their files differ. The numbers are read off curves of precision and recall over labelled pairs (`bench/findings.ts`).
 */
export declare const requiredLikeness: {
    readonly here: 0.03;
    readonly wordsAlone: 0.08;
    readonly hereOtherCategory: 0.12;
    readonly sameSymbol: 0.15;
    readonly elsewhereInFile: 0.3;
};
/** How alike two findings must be at least; `sharesSymbol` is asked where they lie apart in one file. */
export declare function thresholdOf(a: Finding, b: Finding, sharesSymbol: () => boolean): number;
/** Lines between two findings of one file; 0 when they overlap. Lines before a change and lines after it are never one place. */
export declare function linesApart(a: Finding, b: Finding): number;
