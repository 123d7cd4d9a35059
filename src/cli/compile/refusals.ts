import type { Diagnostic } from '../../core/diagnostic.ts'
import type { Plan } from '../../core/plan.ts'
import type { Shard } from '../../run/make-shards.ts'
import { examineShards } from '../../run/examine-shards.ts'
import { splitJobs, type JobsBy } from './split-jobs.ts'

/** GitHub takes no workflow with more (docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#workflow_dispatch). */
const mostInputs = 25

/** What of a plan a workflow of jobs cannot say, and what it says in another way. What no version can run was refused before. */
export function findRefusals(plan: Plan, jobs: JobsBy, events: readonly string[]): Diagnostic[] {
  const found: Diagnostic[] = []
  const others = events.filter((event) => event !== 'workflow_dispatch')
  for (const [name, { required, default: usual }] of Object.entries(plan.inputs))
    if (required && usual === undefined && !Object.hasOwn(plan.compiledInputs ?? {}, name) && others.length > 0)
      found.push({
        code: 'input-without-value',
        severity: 'error',
        message: `the input \`${name}\` has no value on \`${others.join('`, `')}\``,
        hint: 'Give it a default, or compile with `--on workflow_dispatch`.',
      })
  const asked = Object.keys(plan.inputs).filter((name) => !Object.hasOwn(plan.compiledInputs ?? {}, name))
  if (events.includes('workflow_dispatch') && asked.length > mostInputs)
    found.push({
      code: 'too-many-inputs',
      severity: 'error',
      message: `the file has ${asked.length} inputs, and \`workflow_dispatch\` may have ${mostInputs}`,
      hint: 'Put several into one, as JSON, or compile with `--on` and other events.',
    })
  const { total, agents, commands } = plan.maxParallel
  if (jobs === 'instance' && [total, agents, commands].some((bound) => bound !== null))
    found.push({
      code: 'bound-in-each-job',
      severity: 'warning',
      message: '`limits.max-parallel` holds in each job, not over all of them',
      hint: 'Compile with `--jobs level`, or give a group a `strategy` with `max-parallel`: it stays in one job.',
    })
  const split = splitJobs(plan, jobs)
  const together = split.flatMap(({ shards, failFast }): readonly Pick<Shard, 'only'>[] =>
    failFast ? [{ only: shards.flatMap(({ only }) => only) }] : shards,
  )
  const shards = split.flatMap((job) => job.shards)
  return [...found, ...examineShards(plan, shards, together)]
}
