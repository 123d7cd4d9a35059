import type { Result } from '../../core/outcome.ts'
import { knownCost, roundUsd, totalTokens, type Accounting } from '../../core/usage.ts'
import { buildReport, type ReportModel, type ReportRow } from '../../report/report-model.ts'
import type { RunState } from '../../core/run-state.ts'

/** A figure of a run. Null: unknown. */
export interface Figure {
  readonly value: number | null
  /** It is a lower bound. */
  readonly atLeast: boolean
}

/** What one run, or one instance of it, came to. */
export interface Side {
  readonly result: Result | null
  readonly reason: string
  readonly tokens: Figure
  /** Dollars. */
  readonly costUsd: Figure
  readonly durationMs: number | null
}

/** One instance in both runs; null in the run that has none of that id. */
export interface ComparedInstance {
  readonly id: string
  readonly a: Side | null
  readonly b: Side | null
  /** Whether it said the same in both; null where it did not run in both. */
  readonly sameText: boolean | null
}

/** Two runs side by side. */
export interface Comparison {
  readonly a: Side & { readonly id: string; readonly name: string }
  readonly b: Side & { readonly id: string; readonly name: string }
  readonly instances: readonly ComparedInstance[]
}

/** Compares two runs, instance by instance: in the order of the first, then what only the second has. Groups, which use nothing, are left out. */
export function compareStates(first: RunState, second: RunState): Comparison {
  const [a, b] = [buildReport(first), buildReport(second)]
  const rows = new Map<string, { a?: ReportRow; b?: ReportRow }>()
  for (const row of a.rows) if (row.form === 'process') rows.set(row.id, { a: row })
  for (const row of b.rows) if (row.form === 'process') rows.set(row.id, { ...rows.get(row.id), b: row })
  const instances = Array.from(rows, ([id, pair]): ComparedInstance => {
    const ranInBoth = [pair.a, pair.b].every((row) => row !== undefined && row.attempts.length > 0)
    return {
      id,
      a: pair.a === undefined ? null : sideOf(pair.a),
      b: pair.b === undefined ? null : sideOf(pair.b),
      sameText: ranInBoth ? pair.a?.text === pair.b?.text : null,
    }
  })
  return { a: runSide(a), b: runSide(b), instances }
}

function runSide(model: ReportModel): Comparison['a'] {
  return { id: model.runId, name: model.name, ...sideOf(model) }
}

function sideOf({
  result,
  reason,
  accounting,
  durationMs,
}: Pick<ReportRow, 'result' | 'reason' | 'accounting' | 'durationMs'>): Side {
  return { result, reason, tokens: tokensOf(accounting), costUsd: costOf(accounting), durationMs }
}

function tokensOf({ usage, partial }: Accounting): Figure {
  return usage === null ? { value: null, atLeast: false } : { value: totalTokens(usage), atLeast: partial }
}

function costOf(accounting: Accounting): Figure {
  const { usd, atLeast } = knownCost(accounting)
  return { value: roundUsd(usd), atLeast }
}

/** By how much the second figure differs, in percent of the first; undefined where either is no exact figure, or the first is nothing. */
export function percentOf(a: Figure, b: Figure): number | undefined {
  if (a.value === null || b.value === null || a.atLeast || b.atLeast || a.value === 0) return undefined
  return (100 * (b.value - a.value)) / a.value
}
