import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { AttemptEnded, RunStarted, Stamped } from '../core/event.ts'
import { createRunState, foldEvent, type RunState } from '../core/run-state.ts'
import { readJournal } from '../journal/read-journal.ts'
import { runDirectoryAt } from '../journal/run-directory.ts'
import { runProgram } from '../process/run-program.ts'
import type { RecoveredRun } from '../resume.ts'
import { resolveInputs } from '../workflow/inputs.ts'
import type { UsageMistake } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'

/** What the user says again on resuming; what is not said is taken from the journal. */
interface Claim {
  readonly given: Readonly<Record<string, string>>
  readonly file: string | undefined
}

/** Reads an earlier run back from its journal and names what differs from then. */
export async function recoverRun(
  path: string,
  claim: Claim,
  around: Surroundings,
): Promise<RecoveredRun | UsageMistake> {
  const { journalPath } = runDirectoryAt(path, '')
  const state = createRunState()
  let nextSeq = 0
  try {
    for (const event of readJournal(journalPath)) {
      foldEvent(state, event)
      nextSeq = event.seq + 1
    }
  } catch (error) {
    return { mistake: error instanceof Error ? error.message : String(error) }
  }
  const { started } = state
  if (started === undefined) return { mistake: `the journal in ${path} is empty: nothing had begun` }
  return {
    runId: started.runId,
    directory: runDirectoryAt(path, started.runId),
    state,
    nextSeq,
    events: () => takeWhile(readJournal(journalPath), nextSeq),
    lost: lostAttempts(state),
    changed: await findChanges(started, claim, around),
  }
}

/** Attempts that were running when the orchestrator died: what they consumed is known to be at least what they last said. */
function lostAttempts(state: RunState): AttemptEnded[] {
  const lost: AttemptEnded[] = []
  for (const [id, { attempts }] of state.instances)
    for (const { started, ended, accounting, model } of attempts) {
      if (started === undefined || ended !== undefined) continue
      const isFree = accounting.costSource === 'none' && accounting.usage !== null
      lost.push({
        type: 'attempt.ended',
        id,
        attempt: started.attempt,
        failure: { kind: 'lost', detail: 'the orchestrator died while it ran' },
        exitCode: null,
        signal: null,
        durationMs: Math.max(0, state.at - started.at),
        runtime: started.runtime,
        model,
        accounting: isFree ? accounting : { ...accounting, partial: true },
        text: '',
        textTruncated: false,
        json: null,
        outputs: {},
        tail: '',
        denials: 0,
        session: null,
        stdoutFile: `logs/${id}.${started.attempt}.stdout.log`,
        stderrFile: `logs/${id}.${started.attempt}.stderr.log`,
        patchFile: null,
      })
    }
  return lost
}

async function findChanges(started: RunStarted, { given, file }: Claim, around: Surroundings): Promise<string[]> {
  const changed: string[] = []
  const { source } = started.plan
  if (source !== null && digest(resolve(around.cwd, file ?? source.path)) !== source.sha256)
    changed.push(`the file ${source.path}`)
  if (Object.keys(given).length > 0) {
    const { inputs } = resolveInputs(started.plan.inputs, given)
    const names = Object.keys(given).filter(
      (name) => JSON.stringify(inputs[name]) !== JSON.stringify(started.context.inputs[name]),
    )
    if (names.length > 0) changed.push(`the inputs ${names.join(', ')}`)
  }
  const head = await runProgram(['git', 'rev-parse', 'HEAD'], {
    cwd: around.cwd,
    env: { PATH: around.environment['PATH'] ?? '' },
    timeoutMs: 5000,
  })
  const commit = head.code === 0 ? head.stdout.trim() : null
  if (commit !== started.commit) changed.push(`the commit (${started.commit ?? 'none'} → ${commit ?? 'none'})`)
  return changed
}

function digest(path: string): string | undefined {
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex')
  } catch {
    return undefined
  }
}

/** The events before a position: the journal grows while the run goes on. */
function* takeWhile(events: Iterable<Stamped>, end: number): Generator<Stamped> {
  for (const event of events) {
    if (event.seq >= end) return
    yield event
  }
}
