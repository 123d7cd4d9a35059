import { processesOf } from '../core/definitions.ts'
import type { Noticed } from '../core/event.ts'
import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { createIsIn, type ShardPart } from '../core/shard.ts'

/** The job of GitHub that a run is, or is a part of. */
export interface RunJob {
  /** Absent: it runs all of its plan. */
  readonly shard?: ShardPart
  /** The environment that the job was let into, as the workflow says. */
  readonly environment?: string
}

/**
 * The plan as a job may run it. An instance with an `environment` is for jobs that GitHub lets begin by the rules of that: in any other job nobody has been asked, and it fails
 * instead of starting. A run that collects starts nothing, and keeps to what the jobs have said.
 */
export function holdToJob(plan: Plan, { shard, environment }: RunJob): Plan {
  if (processesOf(plan.instances).every(({ job }) => job?.environment === undefined)) return plan
  const isOwn = shard === undefined ? () => true : createIsIn(shard.only)
  const hold = (instance: Instance): Instance => {
    if (instance.kind === 'gate' && instance.expansion !== undefined)
      return { ...instance, expansion: { ...instance.expansion, template: instance.expansion.template.map(hold) } }
    if (instance.kind !== 'process') return instance
    const { id, job } = instance
    if (job?.environment === undefined || job.environment === environment || !isOwn(id)) return instance
    return { ...instance, barred: explain(job.environment, environment) }
  }
  const held = plan.instances.map((instance) =>
    instance.kind === 'gate' && !isOwn(instance.group) ? instance : hold(instance),
  )
  return { ...plan, instances: held }
}

function explain(wanted: string, environment: string | undefined): string {
  const here = environment === undefined ? 'this is no job of one' : `this is a job of \`${environment}\``
  return `it is for a job of the environment \`${wanted}\` of GitHub, and ${here}: nobody was asked`
}

/** What a run of one job cannot give of what instances ask of theirs. */
export function noticesOfJob({ instances }: Plan, shard: ShardPart | undefined): Noticed[] {
  const processes = processesOf(instances)
  const barred = processes.filter((each) => each.barred !== undefined)
  const placed = processes.filter(({ job }) => job?.runsOn !== undefined)
  return [
    ...(barred.length === 0
      ? []
      : [
          {
            type: 'notice',
            level: 'warning',
            message: `No job of their \`environment\` runs ${some(barred)}: what of it would start fails instead.`,
          } as const,
        ]),
    ...(placed.length === 0 || shard !== undefined
      ? []
      : [
          {
            type: 'notice',
            level: 'notice',
            message: `\`runs-on\` counts where a run is spread over jobs: this one runs all on its own machine (${some(placed)}).`,
          } as const,
        ]),
  ]
}

function some(of: readonly { readonly id: string }[]): string {
  const shown = of
    .slice(0, 3)
    .map(({ id }) => id)
    .join(', ')
  return of.length > 3 ? `${shown} and ${of.length - 3} more` : shown
}
