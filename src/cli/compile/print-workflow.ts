import type { Json } from '../../core/json.ts'
import type { InputDeclaration, Plan } from '../../core/plan.ts'
import { createIsIn } from '../../core/shard.ts'
import type { Shard } from '../../run/make-shards.ts'
import { printShare } from '../../run/share-budget.ts'
import { runsOnOf } from '../../run/shard-matrix.ts'
import { planOfShard } from '../../run/shard-plan.ts'
import { printFile } from '../../workflow/print-file.ts'
import { checkoutStep } from '../checkout-step.ts'
import { collectorPermissions, environmentOf, installsOf, permissionsOf } from './job-access.ts'
import { conditionOf, isRead } from './job-condition.ts'
import { collectKey, splitJobs, type Job, type JobsBy } from './split-jobs.ts'

/** How a workflow is to be. */
export interface WorkflowRules {
  readonly jobs: JobsBy
  /** What starts it; at least one. */
  readonly events: readonly string[]
  readonly runsOn: string
  /** This action, with a tag or a commit. */
  readonly action: string
  /** Names of secrets for jobs with agents; none: the usual keys of their vendors. */
  readonly secrets: readonly string[]
  /** What stands at its top, without `#`. */
  readonly header: string
}

const dispatch = 'workflow_dispatch'
/** Longest job on a runner of GitHub, minutes (docs.github.com/actions/reference/limits). */
const longestMinutes = 360

/** The workflow that runs a plan, as text; the same for the same plan and rules. `config` is its file from the root of the repository. */
export function printWorkflow(plan: Plan, config: string, rules: WorkflowRules): string {
  const jobs = splitJobs(plan, rules.jobs)
  const conditions = jobs.map((job) => conditionOf(job, jobs, plan))
  const common = { config, inputs: givenInputs(plan, rules.events) }
  const entries = jobs.map((job, index) => [
    job.key,
    jobEntry(job, conditions[index], isRead(job, conditions), { plan, rules, common }),
  ])
  const workflow = {
    name: plan.name,
    on: Object.fromEntries(rules.events.map((event) => [event, triggerEntry(event, plan)])),
    permissions: { contents: 'read' },
    concurrency: {
      group: '${{ github.workflow }}-${{ github.event.pull_request.number || github.run_id }}',
      'cancel-in-progress': true,
    },
    jobs: {
      ...Object.fromEntries(entries),
      [collectKey]: {
        ...(jobs.length > 0 && { needs: jobs.map(({ key }) => key) }),
        if: '${{ !cancelled() }}',
        'runs-on': rules.runsOn,
        'timeout-minutes': 30,
        permissions: collectorPermissions(plan),
        steps: [checkoutStep, { uses: rules.action, with: { mode: 'collect', ...common } }],
      },
    },
  }
  return printFile(workflow, { header: rules.header })
}

interface Printing {
  readonly plan: Plan
  readonly rules: WorkflowRules
  readonly common: { readonly config: string; readonly inputs: string | undefined }
}

function jobEntry(
  job: Job,
  condition: string | undefined,
  hasReaders: boolean,
  { plan, rules, common }: Printing,
): object {
  const { shards, needs, name, failFast, environment } = job
  const only = shards.flatMap((shard) => shard.only)
  const isOwn = createIsIn(only)
  const part = { ...plan, instances: plan.instances.filter(({ id }) => isOwn(id)) }
  const [first, ...others] = shards
  const isMatrix = others.length > 0
  const hasBudget = shards.some(({ budget }) => budget !== undefined)
  const of = (key: string, value: string): string => (isMatrix ? `\${{ matrix.${key} }}` : value)
  const env = environmentOf(part, rules.secrets)
  const runners = shards.map((shard) => runnerOf(shard, rules))
  const isOneRunner = new Set(runners.map((runner) => JSON.stringify(runner))).size === 1
  return {
    name: isMatrix ? `${name} (\${{ matrix.only }})` : name,
    ...(needs.length > 0 && { needs }),
    if: condition,
    ...(isMatrix && {
      strategy: {
        'fail-fast': failFast,
        'max-parallel': plan.maxParallel.total ?? undefined,
        matrix: {
          include: shards.map((shard) => ({
            shard: shard.name,
            only: shard.only.join(','),
            ...(hasBudget && { budget: printShare(shard.budget) }),
            ...(!isOneRunner && { 'runs-on': runnerOf(shard, rules) }),
          })),
        },
      },
    }),
    'runs-on': isOneRunner ? runners[0] : '${{ matrix.runs-on }}',
    environment,
    'timeout-minutes': plan.timeoutMs === undefined ? longestMinutes : Math.ceil(plan.timeoutMs / 60_000) + 10,
    permissions: permissionsOf(part, planOfShard(plan, only)),
    ...(hasReaders && {
      outputs: {
        failed: '${{ steps.shard.outputs.failed }}',
        forgiven: '${{ steps.shard.outputs.forgiven }}',
      },
    }),
    steps: [
      checkoutStep,
      {
        uses: rules.action,
        id: 'shard',
        with: {
          mode: 'shard',
          ...common,
          install: installsOf(part) || undefined,
          shard: of('shard', first?.name ?? ''),
          only: of('only', only.join(',')),
          ...(hasBudget && { budget: of('budget', printShare(first?.budget)) }),
          environment,
          ...(failFast && { 'fail-fast': true }),
        },
        ...(Object.keys(env).length > 0 && { env }),
      },
    ],
  }
}

function runnerOf({ job: { runsOn } }: Shard, rules: WorkflowRules): string | readonly string[] {
  return runsOn === undefined ? rules.runsOn : runsOnOf(runsOn)
}

function triggerEntry(event: string, plan: Plan): object {
  if (event !== dispatch) return {}
  const inputs = Object.entries(plan.inputs).filter(([name]) => !isFixed(plan, name))
  if (inputs.length === 0) return {}
  return { inputs: Object.fromEntries(inputs.map(([name, input]) => [name, inputEntry(input)])) }
}

function inputEntry({ type, description, default: usual, required, options }: InputDeclaration): object {
  return { description, type, required: required || undefined, default: usual, options }
}

/** Whether an input decided which instances there are: then the workflow is for that value. */
function isFixed({ compiledInputs = {} }: Plan, name: string): boolean {
  return Object.hasOwn(compiledInputs, name)
}

/** The input `inputs`, a line of YAML for each: what whoever starts it says, on other events the default. */
function givenInputs(plan: Plan, events: readonly string[]): string | undefined {
  const isAsked = events.includes(dispatch)
  const lines = Object.entries(plan.inputs).flatMap(([name, { default: usual }]) => {
    if (isFixed(plan, name)) return [`${name}: ${plainText(plan.compiledInputs?.[name] ?? null)}`]
    if (!isAsked) return []
    const others = usual === undefined ? "''" : literal(plainText(usual))
    const asked = `github.event_name == '${dispatch}' && toJSON(inputs.${name})`
    return [`${name}: \${{ ${events.length === 1 ? `toJSON(inputs.${name})` : `${asked} || ${others}`} }}`]
  })
  return lines.length === 0 ? undefined : `${lines.join('\n')}\n`
}

/** JSON in which nothing is an expression of GitHub, whatever the value says. */
function plainText(value: Json): string {
  return JSON.stringify(value)
    .replaceAll('${{', String.raw`$\u007b{`)
    .replaceAll('}}', String.raw`}\u007d`)
}

/** A string of GitHub's expression language. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
