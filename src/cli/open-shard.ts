import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { JsonObject } from '../core/json.ts'
import type { Plan } from '../core/plan.ts'
import type { PlannedShard } from '../core/shard.ts'
import type { Refusal } from '../core/refusal.ts'
import { namesIn } from '../process/names-in.ts'
import { readNamedText } from '../process/read-named-file.ts'
import { readHeadCommit } from '../run/head-commit.ts'
import { openShard, type RunShard } from '../run/run-shard.ts'
import { digestOf } from '../run/shard-plan.ts'
import { readPlannedShards } from '../run/shard-matrix.ts'
import { parseShare, withShare } from '../run/share-budget.ts'
import type { CommandLine } from './command.ts'
import { quoted } from './parse-arguments.ts'
import type { Surroundings } from './surroundings.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** A run that is to run a part of its plan, or to collect. */
export interface AskedShard {
  readonly plan: Plan
  readonly inputs: JsonObject
  readonly simulated: boolean
  /** The `github` context. */
  readonly github: JsonObject
  /** Undefined collects. */
  readonly name: string | undefined
  readonly only: readonly string[]
}

/** Reads what `--fragments` and `--budget` say of a shard, or of what is collected; with the part of the plan that it has to know. */
export function readShard(
  asked: AskedShard,
  line: CommandLine,
  around: Surroundings,
): { readonly plan: Plan; readonly shard: RunShard } | Refusal {
  const folder = line.value('fragments')
  const given = line.value('budget') ?? ''
  const share = parseShare(given)
  if (share === undefined) return { mistake: `--budget must be like tokens=20000,cost-usd=1.5, not ${quoted(given)}` }
  if (Object.keys(share).length > 0 && asked.plan.budget === undefined)
    return { mistake: "--budget is a share of the file's budget, and the file has none" }
  const { plan, shard } = openShard({
    ...asked,
    digest: digestOf(asked.plan, asked.inputs),
    commit: readHeadCommit(around.root),
    workflowRun:
      typeof asked.github['run_id'] === 'string' && asked.github['run_id'] !== '' ? asked.github['run_id'] : undefined,
    attempt: Number(around.environment['GITHUB_RUN_ATTEMPT'] ?? 1) || 1,
    directories: folder === undefined ? [] : findRuns(resolve(around.cwd, folder), 2),
    ...plannedIn(folder === undefined ? undefined : resolve(around.cwd, folder)),
  })
  return { plan: withShare(plan, share), shard }
}

/** Run directories in a folder, or in the folders in it: artifacts are downloaded one folder each. */
function findRuns(folder: string, depth: number): string[] {
  if (existsSync(join(folder, 'journal.ndjson'))) return [folder]
  if (depth === 0) return []
  return namesIn(folder)
    .filter((name) => name !== 'latest' && statIfThere(join(folder, name))?.isDirectory() === true)
    .flatMap((name) => findRuns(join(folder, name), depth - 1))
}

/** What `plan --format shards` wrote, where it lies with the fragments as `shards.json`. */
function plannedIn(folder: string | undefined): { readonly planned?: readonly PlannedShard[] } {
  const text = folder === undefined ? undefined : readNamedText(join(folder, 'shards.json'))
  const planned = text === undefined ? undefined : readPlannedShards(text)
  return planned === undefined ? {} : { planned }
}
