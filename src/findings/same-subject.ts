import type { Finding } from '../core/finding.ts'

/** Lines that two reports of one place may lie apart: reporters point at a statement, its start or the line after it. */
export const placeTolerance = 3

/**
 * The likeness two findings must have to be one: little where the place speaks for it already, more where only words do. Infinity when they are
 * certainly two: their files differ. The numbers are read off curves of precision and recall over labelled pairs (`bench/findings.ts`).
 */
export const requiredLikeness = {
  here: 0.03,
  wordsAlone: 0.08,
  hereOtherCategory: 0.12,
  sameSymbol: 0.15,
  elsewhereInFile: 0.3,
} as const

/** How alike two findings must be at least; `sharesSymbol` is asked where they lie apart in one file. */
export function thresholdOf(a: Finding, b: Finding, sharesSymbol: () => boolean): number {
  if (a.path === null || b.path === null) return requiredLikeness.wordsAlone
  if (a.path !== b.path) return Number.POSITIVE_INFINITY
  if (a.line === null || b.line === null) return requiredLikeness.wordsAlone
  if (linesApart(a, b) > placeTolerance)
    return sharesSymbol() ? requiredLikeness.sameSymbol : requiredLikeness.elsewhereInFile
  if (a.rule !== null && a.rule === b.rule) return 0
  return a.category !== null && b.category !== null && a.category !== b.category
    ? requiredLikeness.hereOtherCategory
    : requiredLikeness.here
}

/** Lines between two findings of one file; 0 when they overlap. Lines before a change and lines after it are never one place. */
export function linesApart(a: Finding, b: Finding): number {
  if (a.side !== b.side) return Number.POSITIVE_INFINITY
  const [startA, startB] = [a.line ?? 0, b.line ?? 0]
  return Math.max(0, startA - (b.endLine ?? startB), startB - (a.endLine ?? startA))
}
