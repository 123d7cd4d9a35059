import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunEvent } from '../core/event.ts'
import { fieldOf } from '../core/field-of.ts'
import { messageOf } from '../core/message-of.ts'
import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import { artifactName } from '../github/artifact.ts'
import { listRunArtifacts } from '../github/earlier-artifacts.ts'
import { downloadArtifact } from '../github/foreign-artifact.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { unpackArtifact } from '../github/unpack-artifact.ts'
import type { TimedEvent } from '../journal/known-node.ts'
import { readJournal } from '../journal/read-journal.ts'
import { recoverRun } from '../journal/recover.ts'
import { nameOfEarlier, replaceJournal } from '../journal/replace-journal.ts'
import { runDirectoryAt } from '../journal/run-directory.ts'
import type { RecoveredRun } from '../run/recovered-run.ts'
import { carryOver } from './carry-over.ts'
import { baseFolder } from './base-files.ts'
import { lazyApi, type ActionStep } from './step.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

const patienceMs = 60_000

/**
 * The run of the attempt before, where this is a re-run of the same workflow run: what agents have answered there is not paid for again. Undefined, with a warning
 * where there should have been one, where there is none to go on with; the run then begins anew.
 */
export async function resumeEarlierAttempt(
  step: ActionStep,
  inputs: ActionInputs,
  plan: Plan,
  given: JsonObject,
  root: string,
): Promise<RecoveredRun | undefined> {
  const { commands } = step
  try {
    const found = await fetchEarlier(step, inputs, { plan, given }, root)
    if (typeof found !== 'string') return await goOnWith(found.directory, root)
    commands.annotate('notice', `Nothing of attempt ${Number(step.context.runAttempt) - 1} is resumed: ${found}.`)
  } catch (error) {
    const why = messageOf(error)
    commands.annotate('warning', `The previous attempt could not be resumed, so everything runs again: ${why}`)
  }
  return undefined
}

/** Unpacks the run directory of the newest earlier attempt of this job; a clause where there is none. */
async function fetchEarlier(
  step: ActionStep,
  inputs: ActionInputs,
  { plan, given }: { readonly plan: Plan; readonly given: JsonObject },
  root: string,
): Promise<{ readonly directory: string } | string> {
  const { context } = step
  const connect = lazyApi(step, inputs.token)
  if (connect === undefined || context.repository === undefined) return 'there is no token to ask for its artifact'
  const asking = { api: await connect(), repository: context.repository, signal: AbortSignal.timeout(patienceMs) }
  const name = inputs.artifactName ?? plan.report.artifact?.name
  const attempts = Array.from({ length: Number(context.runAttempt) - 1 }, (_, index) => String(index + 1))
  const starts = attempts.map((runAttempt) => artifactName({ name, job: context.job, runAttempt }, ''))
  const isWanted = (of: string): boolean => starts.some((start) => of.startsWith(start))
  const artifacts = await listRunArtifacts(Number(context.runId), isWanted, asking)
  const isOfThisJob = (directory: string): boolean =>
    existsSync(join(directory, 'journal.ndjson')) &&
    isOf(directory, root, { plan, given, cell: inputs.cell, github: context.github })
  let damaged: unknown
  for (const artifact of artifacts) {
    const directory = join(root, `earlier-${artifact.id}`)
    try {
      if (!unpackArtifact(await downloadArtifact(artifact, asking), directory)) return 'its artifact is too large'
      if (isOfThisJob(directory)) return { directory }
    } catch (error) {
      // It may be another cell's, and what was paid before it may be whole.
      damaged ??= error
    }
  }
  if (damaged !== undefined) throw damaged
  return artifacts.length === 0 ? 'it left no artifact' : 'its artifact is of another commit, file, inputs or cell'
}

/** What a journal must be of so that this job goes on with it. */
interface OwnRun {
  readonly plan: Plan
  readonly given: JsonObject
  readonly cell: string
  readonly github: JsonObject
}

/** Whether a journal is of this job, step, commit, plan and inputs: other steps, and other cells of a matrix, have artifacts beside ours. Throws where it cannot be read. */
function isOf(directory: string, root: string, own: OwnRun): boolean {
  for (const event of readJournal(join(directory, 'journal.ndjson'))) {
    if (event.type !== 'run.started') return false
    const { github, cell = '', inputs, run } = event.context
    const isSame = (key: string): boolean => fieldOf(github, key) === own.github[key]
    const { instances } = mover(run.directory, directory, root)(event).plan
    const isOwn = ['run_id', 'sha', 'job', 'action'].every(isSame) && cell === own.cell && same(inputs, own.given)
    // All of it can be read.
    if (isOwn && same(instances, own.plan.instances)) return recoverRun(join(directory, 'journal.ndjson')) !== undefined
    return false
  }
  return false
}

/** Writes the journal anew, as if what this machine does not have had been stopped, and reads it as a resumed run does. */
async function goOnWith(path: string, root: string): Promise<RecoveredRun | undefined> {
  const journalPath = join(path, 'journal.ndjson')
  const { state, runId } = recoverRun(journalPath)
  const { started } = state
  if (started === undefined || runId === undefined) return undefined
  // Whoever runs again what had succeeded wants it to run.
  if (state.ended?.result === 'success') return undefined
  const events: TimedEvent[] = []
  let move: ReturnType<typeof mover> | undefined
  for (const { v: _, seq: __, at, ...event } of readJournal(journalPath)) {
    // Where it was: the state says where it is.
    if (event.type === 'run.started') move = mover(event.context.run.directory, path, root)
    const kept = carryOver(event, (id) => state.instances.get(id)?.instance)
    if (kept !== undefined) events.push({ event: move?.(kept) ?? kept, at })
  }
  await replaceJournal(journalPath, events, nameOfEarlier(journalPath, 'attempt-'))
  const directory = runDirectoryAt(path, runId)
  // An artifact has no empty directory: nothing had been printed where this is missing.
  mkdirSync(directory.logs, { recursive: true })
  rmSync(directory.sealPath, { force: true })
  writeFileSync(directory.sealPath, '')
  const again = recoverRun(journalPath)
  return { ...again, runId, directory, changed: [] }
}

/**
 * What an event of the attempt before, which kept itself in the directory `before`, says of files of its own: of the run directory, which is `now`, and of the copies of the base commit's files, which are below
 * `root`.
 */
function mover(before: string, now: string, root: string): <Of extends RunEvent>(event: Of) => Of {
  const inJson = (path: string): string => JSON.stringify(path).slice(1, -1)
  const copies = inJson(join(dirname(before), baseFolder, '/'))
  return <Of extends RunEvent>(event: Of): Of => {
    const isFirst = event.type === 'run.started'
    const text = JSON.stringify(event)
    if (!isFirst && !text.includes(copies)) return event
    const own: Of = JSON.parse(text.replaceAll(copies, inJson(join(root, baseFolder, '/'))))
    if (own.type !== 'run.started') return own
    return { ...own, context: { ...own.context, run: { ...own.context.run, directory: now } } }
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The journal that a resumed run goes on with, for what seals it. */
export function provenSoFar({ directory }: RecoveredRun): Buffer {
  return readRegularFile(directory.journalPath, { maxBytes: Infinity, followLinks: false })
}
