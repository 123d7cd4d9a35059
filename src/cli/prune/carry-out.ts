import { existsSync } from 'node:fs'
import { holderOf } from '../../process/hold.ts'
import { removeTree } from '../../process/remove-tree.ts'
import { formatPlural } from '../../report/quantities.ts'
import type { CommandLine } from '../command.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { runName } from '../find-run.ts'
import { listRuns } from '../list-runs.ts'
import { quoted } from '../parse-arguments.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Refusal } from '../../core/refusal.ts'

const defaultKeep = 20

const unitMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** What `orchestrator prune` does. */
export async function pruneRuns(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const rule = readRule(line)
  if ('mistake' in rule) return refuse(around, rule)
  const isDry = line.has('dry-run')
  const old = listRuns(around)
    .filter(({ result }) => result !== 'running')
    .slice(rule.keep)
    .filter(
      ({ id, isLatest, startedAt }) => !isLatest && runName.test(id) && around.now() - startedAt >= rule.olderThanMs,
    )
  const left: string[] = []
  for (const { id, path } of old) {
    if (isDry) around.out.write(`${id}\n`)
    // Somebody may have resumed it meanwhile.
    else if (holderOf(path) === undefined) await removeTree(path)
    if (!isDry && existsSync(path)) left.push(id)
  }
  for (const id of left) complain(around, { mistake: `${id} could not be removed` })
  const count = formatPlural(old.length - left.length, 'run')
  around.err.write(isDry ? `${count} would be removed.\n` : `${count} removed.\n`)
  return left.length === 0 ? 0 : 1
}

function readRule(line: CommandLine): { keep: number; olderThanMs: number } | Refusal {
  const keep = line.value('keep') ?? String(defaultKeep)
  if (!/^\d{1,9}$/.test(keep)) return { mistake: `--keep takes a number, found ${quoted(keep)}` }
  const age = line.value('older-than')
  if (age === undefined) return { keep: Number(keep), olderThanMs: 0 }
  const [, amount, unit = ''] = /^(\d{1,6})([mhd])$/.exec(age) ?? []
  if (amount === undefined)
    return { mistake: `--older-than takes a number of minutes, hours or days, found ${quoted(age)}`, hint: 'write 14d' }
  return { keep: Number(keep), olderThanMs: Number(amount) * (unitMs[unit] ?? 0) }
}
