import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { holderOf } from '../../process/hold.ts'
import type { CommandLine } from '../command.ts'
import { refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { maskOutput } from '../mask-output.ts'
import { explainUnknown, openRunNow, type FollowedRun } from '../open-run.ts'
import type { Surroundings } from '../surroundings.ts'
import { readableTurns, showPlain, type ShowLine } from '../readable-turns.ts'
import { tailFile, type FileTail } from '../tail-file.ts'
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
  const [id] = line.operands
  const run = openRunNow(line.value('run'), around)
  if ('mistake' in run) return refuse(around, run)
  const unknown = id === undefined ? undefined : explainUnknown(id, run.journal.state)
  if (unknown !== undefined) return refuse(around, unknown)
  const mask = maskOutput(run.plan, around.root, around)
  if (line.has('transcript')) return showConversations(id, run, mask)
  const stop = new AbortController()
  const unlisten = around.onInterrupt(() => stop.abort())
  const logs = new Map<string, ShownLog>()
  try {
    for (;;) {
      // Whether it goes on is asked before the files are read: what is written in between is not missed.
      const goesOn = line.has('follow') && !stop.signal.aborted && !around.out.closed() && isUnderWay(id, run)
      const problem = run.update()
      if (problem !== undefined) return refuse(around, problem)
      await openNewLogs(logs, run, id, line)
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
    run.journal.close()
    for (const { tail } of logs.values()) tail.close()
  }

  async function showConversations(
    wanted: string | undefined,
    { journal, directory }: FollowedRun,
    masked: (text: string) => string,
  ): Promise<ExitCode> {
    const other = ['follow', 'stderr'].find((option) => line.has(option))
    if (other !== undefined) return refuse(around, { mistake: `--transcript and --${other} cannot be combined` })
    const { showTranscripts } = await import('./show-transcripts.ts')
    try {
      const request = { id: wanted, raw: line.has('raw') }
      const shown = await showTranscripts({ state: journal.state, directory }, request, (text) =>
        around.out.write(`${masked(text)}\n`),
      )
      if (!shown) around.err.write(`No transcript was kept: give ${wanted ?? 'an agent'} \`transcript: true\`.\n`)
      return 0
    } finally {
      journal.close()
    }
  }

  function write(log: ShownLog, text: string | undefined): void {
    if (text === undefined) return
    const prefix = id === undefined ? `${log.id}: ` : ''
    for (const shown of log.show(text)) around.out.write(`${prefix}${mask(shown)}\n`)
  }
}

/** A run as long as an orchestrator works in it; an instance until it has ended. */
function isUnderWay(id: string | undefined, { directory, journal }: FollowedRun): boolean {
  if (holderOf(directory) === undefined) return false
  return id === undefined || journal.state.instances.get(id)?.status !== 'ended'
}

/** Opens the logs that are there now and were not before, in the order in which their attempts began. */
async function openNewLogs(
  logs: Map<string, ShownLog>,
  { directory, journal }: FollowedRun,
  wanted: string | undefined,
  line: CommandLine,
): Promise<void> {
  const stream = line.has('stderr') ? 'stderr' : 'stdout'
  const pattern = new RegExp(`^(.+)\\.(\\d+)\\.((?:repair\\.)?${stream})\\.log$`)
  const found = namesIn(join(directory, 'logs')).flatMap((file) => {
    const [, id = '', attempt = ''] = pattern.exec(file) ?? []
    const isWanted = id !== '' && !logs.has(file) && (wanted === undefined || wanted === id)
    return isWanted ? [{ file, id, attempt: Number(attempt) }] : []
  })
  if (found.length === 0) return
  const { state } = journal
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
