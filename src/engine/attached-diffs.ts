import { attachedChanges, attachedDiffs, changesContext, changesFor, type AttachedDiff } from '../core/changes.ts'
import type { JsonObject } from '../core/json.ts'
import type { Progress } from './progress.ts'

/** What agents are given of the diff, in chunks where a size is given; split once, however many cells have a chunk of it. */
export function diffsOf({ started, changes }: Progress, splitBytes: number | undefined): readonly AttachedDiff[] {
  const changed = started && changesFor(started.context, [attachedChanges])
  if (changed === undefined) return []
  const known = changes.diffs.get(splitBytes)
  if (known !== undefined) return known
  const diffs = attachedDiffs(changed, splitBytes)
  changes.diffs.set(splitBytes, diffs)
  return diffs
}

/** The `changes` context of the run's expressions. */
export function changesContextOf({ started, changes }: Progress): JsonObject | undefined {
  const context = started?.context
  changes.context ??= context?.changes && changesContext(context.changes, context.run.directory)
  return changes.context
}
