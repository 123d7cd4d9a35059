import { basename, dirname } from 'node:path'
import type { Refusal } from '../../core/refusal.ts'
import type { InstanceState } from '../../core/run-state.ts'
import { formatBytes, formatPlural } from '../../report/quantities.ts'
import { describeDifferences, describeRestored } from '../../report/restored-words.ts'
import { localOutcomeFiles, pruneLocalOutcomes } from '../../run/local-outcomes.ts'
import { byteCount } from '../../workflow/amounts.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { newestRun } from '../find-run.ts'
import { explainUnknown } from '../open-run.ts'
import { quoted } from '../parse-arguments.ts'
import { readRun } from '../read-run.ts'
import { renderTable } from '../render-table.ts'
import type { Surroundings } from '../surroundings.ts'

/** What `orchestrator cache` does. */
export async function lookAtCache(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [what, ...rest] = line.operands
  switch (what) {
    case 'explain':
      return explain(rest, line, around)
    case 'list':
      return list(line, around)
    case 'prune':
      return prune(line, around)
    default:
      return refuse(around, {
        mistake: what === undefined ? 'nothing was asked for' : `cache does not know ${quoted(what)}`,
        hint: 'write `cache explain ID`, `cache list` or `cache prune`',
      })
  }
}

async function explain(operands: readonly string[], line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const [id, run = newestRun(around)] = operands
  if (id === undefined) return refuse(around, { mistake: 'no instance was named', hint: 'write `cache explain ID`' })
  const state = await readRun(run, around)
  if ('mistake' in state) return refuse(around, state)
  const unknown = explainUnknown(id, state)
  if (unknown !== undefined) return refuse(around, unknown)
  const of = state.instances.get(id)
  if (of === undefined) return refuse(around, { mistake: `there is no instance ${quoted(id)}` })
  const said = of.cached
  if (line.has('json')) around.out.write(`${JSON.stringify(said ?? null, null, 2)}\n`)
  else around.out.write(`${wordsOf(of).join('\n')}\n`)
  return 0
}

function wordsOf(of: InstanceState): string[] {
  const { instance, cached } = of
  const { id } = instance
  if (cached === undefined) {
    const rule = instance.kind === 'process' ? instance.process.cache : undefined
    return [rule === undefined ? `${id} has no cache.` : `${id} never got as far as asking its cache.`]
  }
  if (cached.type === 'instance.restored') {
    const { run, keptAt } = cached.from
    return [
      `${id} took the outcome of run ${run}, kept ${new Date(keptAt).toISOString()}: ${describeRestored(of)}.`,
      `key ${cached.key}`,
    ]
  }
  const { key, against, differs, why } = cached
  const lines = [why === undefined ? `${id} ran: no outcome is kept under its key.` : `${id} ran: ${why}.`]
  if (key !== null) lines.push(`key ${key}`)
  if (against !== null) {
    lines.push(`Compared with run ${against.run}, kept ${new Date(against.keptAt).toISOString()}, these parts differ:`)
    for (const difference of differs) lines.push(`  ${describeDifferences([difference])}`)
  } else if (why === undefined) lines.push('No earlier outcome of it was kept.')
  return lines
}

function list(line: CommandLine, around: Surroundings): ExitCode {
  const files = localOutcomeFiles(around.environment, around.now()).toSorted((a, b) => b.usedAt - a.usedAt)
  const rows = files.map(({ path, bytes, usedAt }) => ({
    instance: basename(dirname(path)).replace(/-[0-9a-f]{16}$/, ''),
    namespace: basename(dirname(dirname(path))),
    key: basename(path, '.outcome'),
    bytes,
    usedAt: new Date(usedAt).toISOString(),
  }))
  if (line.has('json')) {
    around.out.write(`${JSON.stringify(rows, null, 2)}\n`)
    return 0
  }
  const cells = rows.map(({ instance, namespace, key, bytes, usedAt }) => [
    instance,
    namespace,
    key.slice(0, 12),
    formatBytes(bytes),
    usedAt,
  ])
  if (rows.length > 0)
    around.out.write(`${renderTable(['instance', 'of', 'key', 'size', 'last used'], cells).join('\n')}\n`)
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0)
  around.err.write(`${formatPlural(rows.length, 'outcome')}, ${formatBytes(bytes)}.\n`)
  return 0
}

function prune(line: CommandLine, around: Surroundings): ExitCode {
  const given = line.value('max-size')
  const size = given === undefined ? undefined : readSize(given)
  if (typeof size === 'object') return refuse(around, size)
  const gone = pruneLocalOutcomes(around.environment, around.now(), size)
  around.err.write(`${formatPlural(gone.length, 'outcome')} removed.\n`)
  return 0
}

function readSize(text: string): number | Refusal {
  if (/^\d+(\.\d+)?\s*([KMGT]i?)?B$/i.test(text)) return byteCount(text)
  return { mistake: `--max-size takes a size, found ${quoted(text)}`, hint: 'write 100MB' }
}
