import { processesOf } from '../core/definitions.ts'
import type { Diagnostic, SourceRange } from '../core/diagnostic.ts'
import type { Instance } from '../core/instance.ts'
import type { JobRules } from '../core/job-rules.ts'
import type { Plan } from '../core/plan.ts'
import { createIsIn, findCovering, ownersOf } from '../core/shard.ts'

/** Instances that are together. */
interface JobPart {
  readonly only: readonly string[]
}

/**
 * What a split makes of a file that it does not say: instances that ask for different jobs and are in one shard, and matrices whose `fail-fast` ends only a part of them. `jobs` are
 * shards of which the first that fails cancels the others, as one.
 */
export function examineShards(plan: Plan, shards: readonly JobPart[], jobs = shards): Diagnostic[] {
  return [...shards.flatMap(({ only }) => findMixed(plan, only)), ...findSplitMatrices(plan, jobs)]
}

function findMixed({ instances }: Plan, only: readonly string[]): Diagnostic[] {
  const isIn = createIsIn(only)
  const processes = processesOf(
    instances.filter((instance) => isIn(instance.kind === 'gate' ? instance.group : instance.id)),
  )
  const asks = [
    ['runs-on', ({ runsOn }: JobRules) => runsOn?.join(', ')],
    ['environment', ({ environment }: JobRules) => environment],
  ] as const
  return asks.flatMap(([key, read]): Diagnostic[] => {
    const asking = processes.flatMap((instance) => {
      const value = instance.job && read(instance.job)
      return value === undefined ? [] : [{ instance, value }]
    })
    const [first] = asking
    const other = asking.find(({ value }) => value !== first?.value)
    if (first === undefined || other === undefined) return []
    return [
      {
        code: 'different-jobs',
        severity: 'error',
        message: `\`${other.instance.id}\` and \`${first.instance.id}\` must be in one job, and their \`${key}\` differs: ${other.value} and ${first.value}`,
        ...rangeOf(other.instance),
        hint: 'Give both the same, or take apart what keeps them together: a loop, a worktree, a session, `concurrency`, `apply`, or fewer levels than the file has.',
      },
    ]
  })
}

function findSplitMatrices({ instances }: Plan, jobs: readonly JobPart[]): Diagnostic[] {
  const owners = ownersOf(jobs)
  return instances.flatMap((group): Diagnostic[] => {
    if (group.kind !== 'group' || group.form !== 'matrix' || !group.failFast) return []
    const parts = new Set(
      instances.flatMap(({ id, kind }) =>
        kind === 'process' && id.startsWith(`${group.id}.`) ? (findCovering(owners, id) ?? []) : [],
      ),
    )
    if (parts.size < 2) return []
    return [
      {
        code: 'fail-fast-in-each-job',
        severity: 'warning',
        message: `\`fail-fast\` of \`${group.id}\` ends its cells in the same job, and they are in ${parts.size}`,
        ...rangeOf(group),
        hint: 'Write `fail-fast: false` where that is meant, or split so that its cells stay together.',
      },
    ]
  })
}

function rangeOf({ at }: Instance): { readonly range?: SourceRange } {
  if (at === undefined) return {}
  const { file, line, column } = at
  return { range: { file, start: { line, column, offset: 0 }, end: { line, column: column + 1, offset: 1 } } }
}
