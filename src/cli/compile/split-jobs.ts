import { groupBy } from '../../core/group-by.ts'
import type { GroupInstance, Instance } from '../../core/instance.ts'
import type { JobRules } from '../../core/job-rules.ts'
import type { Plan } from '../../core/plan.ts'
import { findCovering, ownersOf } from '../../core/shard.ts'
import { makeShards, mostShards, type Shard } from '../../run/make-shards.ts'
import { upstreamsOf } from '../../run/shard-plan.ts'

/** How a file becomes jobs. */
export type JobsBy = 'level' | 'instance'

/** A job of the workflow: one shard, or the cells of a matrix, each a shard. */
export interface Job {
  /** Its key in `jobs`. */
  readonly key: string
  /** What people see. */
  readonly name: string
  readonly shards: readonly Shard[]
  /** Its shards are cells of a matrix of the file of which the first that fails cancels the others. */
  readonly failFast: boolean
  /** The environment of GitHub that all of its shards are for. */
  readonly environment: JobRules['environment']
  /** Keys of the jobs that must have ended before it. */
  readonly needs: readonly string[]
}

/** The key of the job that makes the report. */
export const collectKey = 'collect'

/** Splits a plan into jobs, each after those it needs. Cells of one matrix are one job with a matrix. */
export function splitJobs(plan: Plan, by: JobsBy): Job[] {
  const shards = makeShards(plan, { by, maxShards: mostShards, only: null })
  const needs = neededShards(plan, shards)
  const keys = createKeys()
  const groups = groupBy(shards, (shard) => groupKey(plan, shard, by, needs.get(shard) ?? []))
  const jobs: { readonly key: string; readonly shards: readonly Shard[] }[] = []
  const keyOf = new Map<Shard, string>()
  for (const of of groups.values()) {
    const key = keys(nameOf(plan, of, by))
    jobs.push({ key, shards: of })
    for (const shard of of) keyOf.set(shard, key)
  }
  return jobs.map(({ key, shards: of }) => ({
    key,
    name: nameOf(plan, of, by),
    shards: of,
    failFast: of.length > 1 && parentOf(plan, of[0])?.failFast === true,
    environment: of[0]?.job.environment,
    needs: [
      ...new Set(of.flatMap((shard) => [...(needs.get(shard) ?? [])].flatMap((other) => keyOf.get(other) ?? []))),
    ],
  }))
}

/** Of each shard those whose instances must have ended: through gates and groups that are in none. */
function neededShards(plan: Plan, shards: readonly Shard[]): Map<Shard, ReadonlySet<Shard>> {
  const byId = new Map(plan.instances.map((instance) => [instance.id, instance]))
  const owners = ownersOf(shards)
  const needed = new Map<Shard, ReadonlySet<Shard>>()
  for (const shard of shards) {
    const found = new Set<Shard>()
    const seen = new Set<string>()
    const open = plan.instances.filter(({ id }) => findCovering(owners, id) === shard)
    for (let at: Instance | undefined = open.pop(); at !== undefined; at = open.pop())
      for (const id of upstreamsOf(at)) {
        if (seen.has(id)) continue
        seen.add(id)
        const owner = findCovering(owners, id)
        if (owner !== undefined && owner !== shard) found.add(owner)
        const upstream = byId.get(id)
        if (owner === undefined && upstream !== undefined) open.push(upstream)
      }
    needed.set(shard, found)
  }
  return needed
}

/** Shards with the same key are one job. */
function groupKey(plan: Plan, shard: Shard, by: JobsBy, needs: Iterable<Shard>): string {
  const matrix = parentOf(plan, shard)
  if (by === 'level' || shard.only.length !== 1 || matrix?.form !== 'matrix') return shard.name
  return JSON.stringify([matrix.id, shard.job.environment, [...needs].map(({ name }) => name).toSorted()])
}

/** The group that what a shard runs is a member of. */
function parentOf({ instances }: Plan, shard: Shard | undefined): GroupInstance | undefined {
  const member = instances.find(({ id }) => id === shard?.only[0])
  const parent = instances.find(({ id }) => id === member?.parent)
  return parent?.kind === 'group' ? parent : undefined
}

function nameOf(plan: Plan, shards: readonly Shard[], by: JobsBy): string {
  const [first] = shards
  if (first === undefined) return ''
  if (by === 'level') return first.label
  const instance = plan.instances.find(({ id }) => id === first.only[0])
  if (shards.length > 1) return instance?.parent ?? first.label
  return first.only.length === 1 ? first.only.join() : `${first.only[0] ?? ''} and more`
}

/** Keys that a workflow may have: each once, and none of the job that collects. */
function createKeys(): (name: string) => string {
  const taken = new Set([collectKey])
  return (name) => {
    const plain = name.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 90)
    const start = /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`
    let key = start
    for (let count = 2; taken.has(key.toLowerCase()); count++) key = `${start}-${count}`
    taken.add(key.toLowerCase())
    return key
  }
}
