import { plainLine } from '../../core/plain-text.ts'
import { totalTokens } from '../../core/usage.ts'
import { formatCount, formatDollars, formatDuration } from '../../report/quantities.ts'
import { createStyle } from '../../report/style.ts'
import type { CommandLine } from '../command.ts'
import type { ExitCode } from '../exit-code.ts'
import { listRuns, type ListedRun } from '../list-runs.ts'
import { renderTable } from '../render-table.ts'
import type { Surroundings } from '../surroundings.ts'

const heads = ['run', 'name', 'result', 'tokens', 'cost', 'time', 'age']

/** What `orchestrator runs` does. */
export async function showRuns(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const runs = listRuns(around)
  if (line.has('json')) {
    around.out.write(`${JSON.stringify(runs.map(asJson), null, 2)}\n`)
    return 0
  }
  if (runs.length === 0) {
    around.err.write('Nothing has run here yet.\n')
    return 0
  }
  const now = around.now()
  const rows = runs.map((run) => cellsOf(run, now))
  const [head = '', ...lines] = renderTable(heads, rows)
  const style = createStyle(around.out.colour)
  around.out.write(`${[style.dim(head), ...lines].join('\n')}\n`)
  return 0
}

function cellsOf({ id, result, report, startedAt }: ListedRun, now: number): string[] {
  const age = formatAge(now - startedAt)
  if (report === null) return [id, '', result, '', '', '', age]
  const { usage, partial, costUsd, costPartial } = report
  // Neither tokens nor a cost: no agent ran.
  const isFree = usage !== null && totalTokens(usage) === 0 && costUsd === 0 && !partial
  return [
    id,
    plainLine(report.name),
    `${result}${report.simulated ? ' (simulated)' : ''}`,
    usage === null ? 'unknown' : isFree ? '–' : `${partial ? '≥ ' : ''}${formatCount(totalTokens(usage))}`,
    costUsd === null ? 'unknown' : isFree ? '–' : `${costPartial ? '≥ ' : ''}${formatDollars(costUsd)}`,
    formatDuration(report.durationMs),
    age,
  ]
}

/** Minutes, hours or days, as far as they tell something. */
function formatAge(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000))
  if (minutes < 1) return 'now'
  if (minutes < 60) return `${minutes}m`
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / 1440)}d`
}

function asJson({ id, path, result, report, startedAt }: ListedRun): Record<string, unknown> {
  return {
    id,
    path,
    name: report?.name ?? null,
    result,
    simulated: report?.simulated ?? null,
    startedAt: new Date(startedAt).toISOString(),
    durationMs: report?.durationMs ?? null,
    usage: report?.usage ?? null,
    partial: report?.partial ?? null,
    costUsd: report?.costUsd ?? null,
    costPartial: report?.costPartial ?? null,
  }
}
