import { dirname, join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Refusal } from '../../core/refusal.ts'
import { closestName } from '../../core/closest-name.ts'
import type { RunState } from '../../core/run-state.ts'
import { holderOf } from '../../process/hold.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { findRun, newestRun, resolveRunDirectory } from '../find-run.ts'
import { readRun } from '../read-run.ts'
import type { Surroundings } from '../surroundings.ts'
import { readableTurns, showPlain, type ShowLine } from './readable-turns.ts'
import { tailFile, type FileTail } from './tail-file.ts'
import { namesIn } from '../../process/names-in.ts'

/** How often it is looked for more. */
const pollMs = 250

/** A log that is shown: of which attempt, how far it was read, how a line of it is shown. */
interface ShownLog {
  readonly id: string
  readonly tail: FileTail
  readonly show: ShowLine
}

/** What `orchestrator logs` does. */
export async function showLogs(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const name = line.value('run') ?? newestRun(around)
  const read = (): ReturnType<typeof readRun> => readRun(name, around)
  const state = await read()
  const [id] = line.operands
  if ('mistake' in state) return refuse(around, state)
  const unknown = id === undefined ? undefined : findMistake(id, state)
  if (unknown !== undefined) return refuse(around, unknown)
  const found = resolveRunDirectory(resolve(around.cwd, findRun(name, around)))
  const directory = found.endsWith('.ndjson') ? dirname(found) : found
  const stop = new AbortController()
  const unlisten = around.onInterrupt(() => stop.abort())
  const logs = new Map<string, ShownLog>()
  try {
    for (;;) {
      // Whether it goes on is asked before the files are read: what is written in between is not missed.
      const goesOn = line.has('follow') && !stop.signal.aborted && (await isUnderWay(id, directory, read))
      await openNewLogs(logs, { directory, id, line, read })
      for (const log of logs.values()) {
        for (const text of log.tail.next()) write(log, text)
        if (!goesOn) write(log, log.tail.rest())
      }
      if (!goesOn) break
      await delay(pollMs, undefined, { signal: stop.signal }).catch(() => {})
    }
    if (logs.size === 0) around.err.write(`${id ?? 'The run'} printed nothing${id === undefined ? ' yet' : ''}.\n`)
    return stop.signal.aborted ? 130 : 0
  } finally {
    unlisten()
    for (const { tail } of logs.values()) tail.close()
  }

  function write(log: ShownLog, text: string | undefined): void {
    if (text === undefined) return
    const prefix = id === undefined ? `${log.id}: ` : ''
    for (const shown of log.show(text)) around.out.write(`${prefix}${shown}\n`)
  }
}

function findMistake(id: string, { instances }: RunState): Refusal | undefined {
  if (instances.has(id)) return undefined
  const closest = closestName(id, [...instances.keys()])
  return {
    mistake: `there is no instance ${id} in this run`,
    ...(closest !== undefined && { hint: `did you mean ${closest}?` }),
  }
}

/** A run as long as an orchestrator works in it; an instance until it has ended. */
async function isUnderWay(
  id: string | undefined,
  directory: string,
  read: () => ReturnType<typeof readRun>,
): Promise<boolean> {
  if (holderOf(directory) === undefined) return false
  if (id === undefined) return true
  const state = await read()
  return !('mistake' in state) && state.instances.get(id)?.status !== 'ended'
}

/** Opens the logs that are there now and were not before, in the order in which their attempts began. */
async function openNewLogs(
  logs: Map<string, ShownLog>,
  given: {
    readonly directory: string
    readonly id: string | undefined
    readonly line: CommandLine
    readonly read: () => ReturnType<typeof readRun>
  },
): Promise<void> {
  const { directory, line } = given
  const stream = line.has('stderr') ? 'stderr' : 'stdout'
  const pattern = new RegExp(`^(.+)\\.(\\d+)\\.((?:repair\\.)?${stream})\\.log$`)
  const found = namesIn(join(directory, 'logs')).flatMap((file) => {
    const [, id = '', attempt = ''] = pattern.exec(file) ?? []
    const isWanted = id !== '' && !logs.has(file) && (given.id === undefined || given.id === id)
    return isWanted ? [{ file, id, attempt: Number(attempt) }] : []
  })
  if (found.length === 0) return
  const state = await given.read()
  if ('mistake' in state) return
  const startOf = (id: string, attempt: number): number =>
    state.instances.get(id)?.attempts.find(({ started }) => started?.attempt === attempt)?.started?.at ?? 0
  const inOrder = found.toSorted(
    (one, other) =>
      startOf(one.id, one.attempt) - startOf(other.id, other.attempt) || Number(one.file > other.file) || -1,
  )
  for (const { file, id, attempt } of inOrder)
    logs.set(file, {
      id,
      tail: tailFile(join(directory, 'logs', file)),
      show: line.has('raw')
        ? (text) => [text]
        : stream === 'stdout'
          ? await readableTurns(state, id, attempt)
          : showPlain,
    })
}
