import { parseJson } from '../core/parse-json.ts'
import { isObject } from '../core/is-object.ts'
import type { Plan } from '../core/plan.ts'
import type { PlannedShard } from '../core/shard.ts'
import { groupBy } from '../core/group-by.ts'
import type { Shard } from './make-shards.ts'
import { printShare } from './share-budget.ts'

/** One job of a matrix: what `strategy.matrix.include` is given, so keys are as workflows write them. */
export interface MatrixJob {
  readonly shard: string
  readonly name: string
  /** Ids, separated by commas. */
  readonly only: string
  readonly level: number
  /** Its part of the budget, see `printShare`; empty where there is none. */
  readonly budget: string
  /** How many of its instances may run at once, empty where the file does not bound that. */
  readonly 'max-parallel': string
  /** Labels of its runner, as `runs-on` of a job takes them; absent: any runner will do. */
  readonly 'runs-on'?: string | readonly string[]
  /** The environment of GitHub that its job must be one of; absent: none. */
  readonly environment?: string
}

/** A matrix as `strategy.matrix` takes it. */
export interface JobMatrix {
  readonly include: readonly MatrixJob[]
}

/** A plan as the jobs that run it. */
export interface ShardMatrix {
  /** All jobs. */
  readonly matrix: JobMatrix
  /** The same, one matrix for each level: jobs of a matrix run in any order, those of a level need only lower ones. */
  readonly levels: readonly JobMatrix[]
  /** How many jobs of a level may run at once. */
  readonly 'max-parallel': number
  readonly shards: number
}

/** Writes shards as matrices. Where the file bounds how many of its instances run at once, so many run over all jobs of a level together. */
export function printShards(shards: readonly Shard[], { maxParallel: { total } }: Plan): ShardMatrix {
  const byLevel = [...groupBy(shards, ({ level }) => level).values()]
  const widest = byLevel.reduce((most, { length }) => Math.max(most, length), 1)
  const atOnce = Math.min(widest, total ?? widest)
  const each = total === null ? '' : String(Math.max(1, Math.floor(total / atOnce)))
  const jobOf = ({ name, label, only, level, budget, job }: Shard): MatrixJob => ({
    shard: name,
    name: label,
    only: only.join(','),
    level,
    budget: printShare(budget),
    'max-parallel': each,
    ...(job.runsOn !== undefined && { 'runs-on': runsOnOf(job.runsOn) }),
    ...(job.environment !== undefined && { environment: job.environment }),
  })
  return {
    matrix: { include: shards.map(jobOf) },
    levels: byLevel.map((of) => ({ include: of.map(jobOf) })),
    'max-parallel': atOnce,
    shards: shards.length,
  }
}

/** Labels as `runs-on` of a job takes them. */
export function runsOnOf(labels: readonly string[]): string | readonly string[] {
  const [first, ...others] = labels
  return first !== undefined && others.length === 0 ? first : labels
}

/** The shards of a matrix that was written as JSON; undefined where it is none. */
export function readPlannedShards(text: string): PlannedShard[] | undefined {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return undefined
  }
  const matrix = isObject<Record<string, unknown>>(value) ? (value['matrix'] ?? value) : undefined
  const include = isObject<Record<string, unknown>>(matrix) ? matrix['include'] : undefined
  if (!Array.isArray(include)) return undefined
  const shards: PlannedShard[] = []
  for (const job of include as readonly unknown[]) {
    if (!isObject<Record<string, unknown>>(job)) return undefined
    const { shard, only } = job
    if (typeof shard !== 'string' || typeof only !== 'string') return undefined
    shards.push({ name: shard, only: only.split(',') })
  }
  return shards
}
