import { resolve } from 'node:path'
import type { RunStarted } from '../../core/event.ts'
import type { RunState } from '../../core/run-state.ts'
import { messageOf } from '../../core/message-of.ts'
import { findDamagedTexts } from '../../journal/damaged-texts.ts'
import { JournalError } from '../../journal/journal-error.ts'
import { recoverRun, type Recovery } from '../../journal/recover.ts'
import { runDirectoryAt } from '../../journal/run-directory.ts'
import { readHeadCommit } from '../../run/head-commit.ts'
import type { RecoveredRun } from '../../run/recovered-run.ts'
import { countServed } from '../../run/count-served.ts'
import { readLedger } from '../../simulate/ledger.ts'
import { resolveInputs } from '../../workflow/inputs.ts'
import { readNamedText } from '../../process/read-named-file.ts'
import { sha256 } from '../../core/sha256.ts'
import { pathFromRoot } from '../compile-file.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Refusal } from '../../core/refusal.ts'

/** What the user says again on resuming; what is not said is taken from the journal. */
export interface Claim {
  readonly given: Readonly<Record<string, string>>
  readonly file: string | undefined
  /** Whether to go on from what is whole of a damaged journal. */
  readonly salvage: boolean
}

/** An earlier run, ready to go on, with what it began with. */
export interface ResumableRun extends RecoveredRun {
  readonly started: RunStarted
  /** Whether the file, or an input, is another one than it began with. */
  readonly isEdited: boolean
}

/** Reads an earlier run back from its directory and names what differs from then. */
export async function openEarlierRun(
  path: string,
  claim: Claim,
  around: Surroundings,
): Promise<ResumableRun | Refusal> {
  const { journalPath, ledgerPath } = runDirectoryAt(path, '')
  let recovery: Recovery
  try {
    recovery = recoverRun(journalPath)
  } catch (error) {
    const mistake = `cannot read the journal: ${messageOf(error)}`
    if (!(error instanceof JournalError) || error.line === 1) return { mistake }
    if (!claim.salvage) return { mistake, hint: 'add --salvage to resume from its undamaged part' }
    around.err.write(`${mistake}\n`)
    await salvage(journalPath, around)
    return openEarlierRun(path, claim, around)
  }
  const damaged = findDamagedTexts(recovery.state).filter(({ id }) => hasSucceeded(recovery.state, id))
  if (damaged.length > 0) {
    const mistake = damaged.map(({ id, why }) => `${id}: ${why}`).join('\n')
    if (!claim.salvage) return { mistake, hint: 'add --salvage to run these again, and what builds on them' }
    await salvage(journalPath, around, new Map(damaged.map(({ id, why }) => [id, why])))
    return openEarlierRun(path, claim, around)
  }
  const { runId, state } = recovery
  const { started } = state
  if (runId === undefined || started === undefined)
    return { mistake: `the journal in ${path} is empty: nothing had started` }
  if (state.taking)
    return {
      mistake: 'it had not read all results of other shards, and nothing in it had started',
      hint: 'run the shard, or collect, again',
    }
  const edits = findEdits(started, claim, around)
  const isEdited = edits.length > 0
  const changed = [...edits, ...findCommitChange(started, around)]
  let { lost } = recovery
  try {
    if (started.simulated) {
      const damage: string[] = []
      const ledger = readLedger(ledgerPath, (why) => damage.push(why))
      if (damage.length > 0 && !claim.salvage)
        return { mistake: damage.join('\n'), hint: 'add --salvage to count only its undamaged part' }
      for (const why of damage) around.err.write(`Left out: ${why}\n`)
      lost = lost.map((end) => countServed(end, ledger))
    }
  } catch (error) {
    return { mistake: `cannot read the ledger ${ledgerPath}: ${messageOf(error)}` }
  }
  return { ...recovery, lost, started, runId, directory: runDirectoryAt(path, runId), changed, isEdited }
}

function hasSucceeded({ instances }: RunState, id: string): boolean {
  return instances.get(id)?.outcome === 'success'
}

/** Lines that are left out are named up to so many: a journal may have a million. */
const mostNamed = 50

/** Goes back to what can be relied on of a run, and says what that leaves out. */
async function salvage(
  journalPath: string,
  around: Surroundings,
  doubted?: ReadonlyMap<string, string>,
): Promise<void> {
  const { salvageJournal } = await import('../../journal/salvage.ts')
  const { events, dropped, original, again } = await salvageJournal(journalPath, doubted)
  for (const { line, why } of dropped.slice(0, mostNamed)) around.err.write(`Left out: line ${line}: ${why}\n`)
  if (dropped.length > mostNamed) around.err.write(`Left out: ${dropped.length - mostNamed} more lines\n`)
  around.err.write(`Resuming from the ${events} undamaged events; the original journal: ${original}\n`)
  for (const [id, why] of again) around.err.write(`${id} had succeeded and runs again: ${why}\n`)
}

function findEdits(started: RunStarted, { given, file }: Claim, around: Surroundings): string[] {
  const changed: string[] = []
  const { source } = started.plan
  if (
    source !== null &&
    digest(resolve(around.root, file === undefined ? source.path : pathFromRoot(file, around))) !== source.sha256
  )
    changed.push(`the file ${source.path}`)
  if (Object.keys(given).length > 0) {
    const { inputs } = resolveInputs(started.plan.inputs, given)
    const names = Object.keys(given).filter(
      (name) => JSON.stringify(inputs[name]) !== JSON.stringify(started.context.inputs[name]),
    )
    if (names.length > 0) changed.push(`the inputs ${names.join(', ')}`)
  }
  return changed
}

function findCommitChange(started: RunStarted, around: Surroundings): string[] {
  const commit = readHeadCommit(around.root)
  return commit === started.commit ? [] : [`the commit (${started.commit ?? 'none'} → ${commit ?? 'none'})`]
}

function digest(path: string): string | undefined {
  const text = readNamedText(path)
  return text === undefined ? undefined : sha256(text)
}
