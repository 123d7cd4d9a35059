import { formatCount, formatDollars, formatDuration } from '../../report/quantities.ts'
import { createStyle } from '../../report/style.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { newestRun } from '../find-run.ts'
import { readRun } from '../read-run.ts'
import { renderTable } from '../render-table.ts'
import type { Surroundings } from '../surroundings.ts'
import { compareStates, percentOf, type Comparison, type Figure, type Side } from './compare-runs.ts'

/** What `orchestrator compare` does. */
export async function compareRuns(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [first, second = newestRun(around)] = line.operands
  if (first === undefined)
    return refuse(around, { mistake: 'no run was named', hint: '`orchestrator runs` lists them' })
  const [a, b] = [await readRun(first, around), await readRun(second, around)]
  if ('mistake' in a) return refuse(around, a)
  if ('mistake' in b) return refuse(around, b)
  const comparison = compareStates(a, b)
  around.out.write(
    line.has('json')
      ? `${JSON.stringify(comparison, null, 2)}\n`
      : renderComparison(comparison, createStyle(around.out.colour)),
  )
  return 0
}

const heads = ['instance', 'result', 'tokens', 'cost', 'time', 'answer']

/** A row for each instance, what changed as `before → after`, and one for the runs as a whole. */
function renderComparison({ a, b, instances }: Comparison, style: ReturnType<typeof createStyle>): string {
  const rows = instances.map(({ id, a: one, b: other, sameText }) => [
    id,
    ...cellsOf(one, other),
    sameText === null ? '' : sameText ? 'same' : 'another',
  ])
  const total = ['all', ...cellsOf(a, b), '']
  const lines = renderTable(heads, [...rows, total])
  const title = `${a.name} ${a.id} → ${b.name === a.name ? '' : `${b.name} `}${b.id}`
  const [head = '', last = ''] = [lines.shift(), lines.pop()]
  return `${[style.bold(title), '', style.dim(head), ...lines, style.bold(last)].join('\n')}\n`
}

function cellsOf(a: Side | null, b: Side | null): string[] {
  return [
    change(a && resultOf(a), b && resultOf(b)),
    figures(a?.tokens, b?.tokens, formatCount),
    figures(a?.costUsd, b?.costUsd, formatDollars),
    change(a && formatDuration(a.durationMs), b && formatDuration(b.durationMs)),
  ]
}

const resultOf = ({ result, reason }: Side): string =>
  [result ?? 'not ended', reason].filter((word) => word !== '').join(' ')

function change(a: string | null, b: string | null): string {
  return a === b ? (a ?? '') : `${a ?? 'none'} → ${b ?? 'none'}`
}

function figures(a: Figure | undefined, b: Figure | undefined, format: (value: number) => string): string {
  const shown = (figure: Figure | undefined): string | null => {
    if (figure === undefined) return null
    return figure.value === null ? 'unknown' : `${figure.atLeast ? '≥ ' : ''}${format(figure.value)}`
  }
  const percent = a && b && percentOf(a, b)
  const differs = percent !== undefined && Math.abs(percent) >= 0.5
  return `${change(shown(a), shown(b))}${differs ? ` (${percent > 0 ? '+' : '−'}${Math.abs(percent).toFixed(0)} %)` : ''}`
}
