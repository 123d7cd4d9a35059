import type { AttemptEnded, RunEvent, Stamped } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { freeAccounting, unknownAccounting, type Accounting } from '../../src/core/usage.ts'
import type { Behaviour } from './simulator.ts'

/** A pretended process runs. */
export function started(task: Task): RunEvent {
  return {
    type: 'attempt.started',
    id: task.id,
    attempt: task.attempt,
    runtime: task.runtime,
    model: task.model ?? null,
    pid: 1,
    argv: [],
    envNames: [],
    cwd: '/',
  }
}

/** What it has used by now. */
export function progressed(task: Task, accounting: Accounting): RunEvent {
  const { id, attempt } = task
  const answered = accounting.costUsd !== null && { answered: true as const }
  return { type: 'attempt.progress', id, attempt, accounting, model: null, activity: '', ...answered }
}

/** It has the outcome that an earlier run had. */
export function restored(task: Task, behaviour: Behaviour): RunEvent[] {
  const { id, attempt } = task
  const from = { run: 'before', keptAt: 1 }
  const saved = behaviour.accounting ?? freeAccounting
  const end = ended(task, { ...behaviour, failure: null, durationMs: 0, accounting: freeAccounting })
  return [{ type: 'instance.restored', id, attempt, key: 'k', from, saved }, end]
}

/** It has ended, as it behaves. */
export function ended(task: Task, behaviour: Behaviour): AttemptEnded {
  const failure = behaviour.failure ?? null
  return {
    type: 'attempt.ended',
    id: task.id,
    attempt: task.attempt,
    failure,
    exitCode:
      behaviour.neverStarts === true ? null : failure === null ? 0 : failure.kind === 'exit' ? failure.code : null,
    signal: null,
    durationMs: behaviour.neverStarts === true ? 0 : (behaviour.durationMs ?? 10),
    runtime: task.runtime,
    model: task.model ?? null,
    accounting: behaviour.accounting ?? freeAccounting,
    text: behaviour.text ?? '',
    textTruncated: behaviour.textTruncated ?? false,
    json: behaviour.json ?? null,
    ...(behaviour.findings && { findings: behaviour.findings }),
    ...(behaviour.opinion && { opinion: behaviour.opinion }),
    outputs: behaviour.outputs ?? {},
    tail: '',
    denials: 0,
    session: behaviour.session ?? null,
    stdoutFile: `logs/${task.id}.${task.attempt}.stdout.log`,
    stderrFile: null,
    patchFile: null,
  }
}

/** The ends that attempts need which ran when the journal stopped: they cost at least what they last said. */
export function lostAttempts(journal: readonly Stamped[]): AttemptEnded[] {
  const open = new Map<string, AttemptEnded>()
  for (const event of journal) {
    if (event.type === 'attempt.started') {
      const { id, attempt, runtime } = event
      const accounting = runtime === 'shell' ? freeAccounting : unknownAccounting
      open.set(id, ended({ id, attempt, runtime } as Task, { durationMs: 0, failure: { kind: 'lost' }, accounting }))
    }
    const lost = event.type === 'attempt.progress' ? open.get(event.id) : undefined
    if (event.type === 'attempt.progress' && lost !== undefined)
      open.set(event.id, { ...lost, accounting: { ...event.accounting, partial: true } })
    if (event.type === 'attempt.ended') open.delete(event.id)
  }
  return [...open.values()]
}
