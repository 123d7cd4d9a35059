import { setTimeout as delay } from 'node:timers/promises'
import type { Stamped } from '../../core/event.ts'
import type { PrintedLine } from '../../core/output-follower.ts'
import type { Plan } from '../../core/plan.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { RunState } from '../../core/run-state.ts'
import { holderOf } from '../../process/hold.ts'
import { renderConsoleLine } from '../../report/console-lines.ts'
import { createStyle } from '../../report/style.ts'
import type { CommandLine } from '../command.ts'
import { complain, refuse } from '../complain.ts'
import type { ExitCode } from '../exit-code.ts'
import { followOutput } from '../follow-output.ts'
import { maskOutput } from '../mask-output.ts'
import { explainUnknown, openRun, openRunNow, type FollowedRun } from '../open-run.ts'
import type { Surroundings } from '../surroundings.ts'

/** How often it is looked for more. */
const pollMs = 200

/** What `orchestrator watch` does. */
export async function watchInstance(line: CommandLine, around: Surroundings): Promise<ExitCode> {
  const now = openRunNow(line.value('run'), around)
  if ('mistake' in now) return refuse(around, now)
  const id = chooseWatched(line.operands[0], now)
  now.journal.close()
  if (typeof id !== 'string') return refuse(around, id)
  const run = openRun(now.directory, around)
  if ('mistake' in run) return refuse(around, run)
  try {
    return await watch(id, now.plan, run, around)
  } finally {
    run.journal.close()
  }
}

function chooseWatched(id: string | undefined, { directory, journal: { state } }: FollowedRun): string | Refusal {
  const isUnderWay = holderOf(directory) !== undefined
  if (id !== undefined) return isUnderWay && mayCome(id, state) ? id : (explainUnknown(id, state) ?? id)
  const running = [...state.instances.values()].filter(
    ({ instance, status }) => instance.kind === 'process' && status === 'running',
  )
  const [only] = running
  if (!isUnderWay)
    return {
      mistake: 'nothing is running: this run is over',
      hint: 'orchestrator logs ID shows what an instance printed',
    }
  if (only === undefined)
    return { mistake: 'nothing is running just now', hint: 'name the ID of the instance to wait for' }
  if (running.length === 1) return only.instance.id
  const ids = running.map(({ instance }) => instance.id)
  return {
    mistake: `${running.length} instances are running: ${ids.slice(0, 12).join(', ')}${ids.length > 12 ? ', …' : ''}`,
    hint: `name one of them: orchestrator watch ${ids[0]}`,
  }
}

/** Whether a matrix that is not known yet, or a further round, may bring an instance of that id. */
function mayCome(id: string, { instances }: RunState): boolean {
  return [...instances.values()].some(
    ({ instance, status }) =>
      status !== 'ended' && (id.startsWith(`${instance.id}.`) || id.startsWith(`${instance.id}#`)),
  )
}

async function watch(id: string, plan: Plan, run: FollowedRun, around: Surroundings): Promise<ExitCode> {
  const { directory, journal } = run
  const style = createStyle(around.out.colour)
  const follower = followOutput(directory, maskOutput(plan, around.root, around))
  const stop = new AbortController()
  const unlisten = around.onInterrupt(() => stop.abort())
  const print = (lines: Iterable<PrintedLine>): void => {
    for (const { text } of lines) around.out.write(`${text}\n`)
  }
  const see = (event: Stamped): void => {
    if (!('id' in event) || event.id !== id || event.type === 'notice') return
    if (event.type === 'attempt.ended') print(follower.end(id))
    const told = renderConsoleLine(event, journal.state, style)
    if (told !== undefined) around.out.write(`${told}\n`)
    if (event.type === 'attempt.started') follower.begin(id, event.attempt, journal.state)
  }
  try {
    for (let isFirst = true; ; isFirst = false) {
      // Whether it goes on is asked before the journal is read: what is written in between is not missed.
      const isUnderWay = holderOf(directory) !== undefined && !stop.signal.aborted
      const problem = run.update(see)
      if (problem !== undefined) return refuse(around, problem)
      const at = journal.state.instances.get(id)
      const isOver = at?.status === 'ended'
      print(isOver || !isUnderWay ? await follower.rest() : follower.next())
      if (stop.signal.aborted) return 130
      if (around.out.closed()) return 0
      if (isOver) return at.result === 'success' ? 0 : 1
      const hasBegun = at !== undefined && at.attempts.length > 0
      if (!isUnderWay) {
        const what = hasBegun ? 'has no end' : 'was never started'
        complain(around, { mistake: `${id} ${what}: its orchestrator died` })
        return 1
      }
      if (isFirst && !hasBegun) around.err.write(`${id} has not started yet.\n`)
      await delay(pollMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  } finally {
    unlisten()
    follower.close()
  }
}
