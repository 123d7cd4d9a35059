import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import type { Plan } from '../core/plan.ts'
import { findCovering, ownersOf, type PlannedShard } from '../core/shard.ts'
import { fragmentNames } from '../github/fragment-name.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { fetchRunArtifacts, uploadFile, type FetchedArtifacts } from '../github/run-artifacts.ts'
import { readNamedText } from '../process/read-named-file.ts'
import { readHeadCommit } from '../run/head-commit.ts'
import { examineShards } from '../run/examine-shards.ts'
import { makeShards, type ShardBy } from '../run/make-shards.ts'
import { openShard, type RunShard } from '../run/run-shard.ts'
import { parseShare, withShare } from '../run/share-budget.ts'
import { printShards, readPlannedShards } from '../run/shard-matrix.ts'
import { digestOf, planOfShard } from '../run/shard-plan.ts'
import { readShardRules } from '../run/shard-rules.ts'
import { carryOver } from './carry-over.ts'
import { showProblems } from './check.ts'
import { foreseeFigures } from './earlier-figures.ts'
import type { Ready } from './plan.ts'
import type { ActionStep } from './step.ts'

/** GitHub keeps 1 MB of outputs a job, counted in UTF-16 (docs.github.com, "Passing information between jobs"). */
const outputsLimit = 450_000

/**
 * Splits the file into shards, and leaves the list of them to whoever collects. Returns the outputs; undefined where it cannot be split as the inputs say, which is
 * said.
 */
export async function planShards(
  step: ActionStep,
  inputs: ActionInputs,
  { plan, sources }: Ready,
  { root, simulated, before }: { readonly root: string; readonly simulated: boolean; readonly before: AbortSignal },
): Promise<Readonly<Record<string, string>> | undefined> {
  const { commands, context, environment } = step
  const rules = readShardRules((name) => inputs.fanOut[name])
  if ('mistake' in rules) {
    commands.annotate('error', `Input ${rules.mistake}.`)
    return undefined
  }
  const foresight = needsFigures(rules.by, plan)
    ? await foreseeFigures(step, inputs, plan, simulated, before)
    : undefined
  if (foresight !== undefined)
    commands.print(
      `shards are balanced, and a budget is shared, ${foresight.expected === undefined ? `by the number of instances: ${foresight.why}` : foresight.why}\n`,
    )
  const expected = foresight?.expected
  const shards = makeShards(plan, { ...rules, only: inputs.only, ...(expected !== undefined && { expected }) })
  const diagnostics = examineShards(plan, shards)
  showProblems({ commands }, { diagnostics, sources, problems: [] })
  if (diagnostics.some(({ severity }) => severity === 'error')) return undefined
  const printed = printShards(shards, plan)
  for (const { name, label, only } of shards) commands.print(`shard ${name}: ${label}: ${only.join(', ')}\n`)
  const outputs = {
    matrix: JSON.stringify(printed.matrix),
    levels: JSON.stringify(printed.levels),
    'max-parallel': String(printed['max-parallel']),
    shards: String(printed.shards),
  }
  if (outputs.matrix.length + outputs.levels.length > outputsLimit) {
    commands.annotate(
      'error',
      'The shards are more than GitHub keeps of outputs: let `max-shards` be less, or put instances into groups.',
    )
    return undefined
  }
  if ((environment['ACTIONS_RESULTS_URL'] ?? '') !== '')
    try {
      const folder = mkdtempSync(join(root, 'shards-'))
      const file = join(folder, 'shards.json')
      writeFileSync(file, JSON.stringify(printed))
      await uploadFile(fragmentNames(inputs).plan(context.runAttempt), file)
    } catch (error) {
      commands.annotate(
        'warning',
        `The list of shards could not be left to the job that collects, which will not know the names of those that are missing: ${messageOf(error)}`,
      )
    }
  return outputs
}

/** Whether what instances took before decides anything: how many are together, or what each may spend. */
function needsFigures(by: ShardBy, { budget }: Plan): boolean {
  return typeof by === 'number' || (budget !== undefined && budget.per === undefined)
}

/** What this job runs of the file, or collects, with what other jobs of the workflow run left; undefined where the inputs make no sense, which is said. */
export async function openStepShard(
  step: ActionStep,
  inputs: ActionInputs,
  { plan, inputs: values }: Ready,
  simulated: boolean,
  root: string,
): Promise<{ readonly plan: Plan; readonly shard: RunShard } | undefined> {
  const { commands, context } = step
  const share = parseShare(inputs.fanOut.budget)
  const problem =
    share === undefined
      ? `Input \`budget\` is \`${inputs.fanOut.budget}\`; it must be like \`tokens=20000,cost-usd=1.5\`, as \`mode: plan\` gives it.`
      : Object.keys(share).length > 0 && plan.budget === undefined
        ? "Input `budget` is a share of the file's budget, and the file has none."
        : undefined
  if (problem !== undefined) {
    commands.annotate('error', problem)
    return undefined
  }
  const only = inputs.mode === 'shard' ? (inputs.only ?? []) : []
  const { planned, directories } = await fetchFragments(step, inputs, plan, only, root)
  const attempt = Number(context.runAttempt) || 1
  const byId = new Map(plan.instances.map((instance) => [instance.id, instance]))
  const opened = openShard({
    plan,
    digest: digestOf(plan, values),
    commit: readHeadCommit(context.workspace),
    simulated,
    workflowRun: context.runId || undefined,
    name: inputs.mode === 'shard' ? inputs.fanOut.shard : undefined,
    only,
    attempt,
    directories,
    ...(planned !== undefined && { planned }),
    ...(attempt > 1 &&
      inputs.resume && {
        carry: (fragment) => ({
          ...fragment,
          events: fragment.events.flatMap((each) => {
            const event = carryOver(each.load(), (id) => byId.get(id))
            return event === undefined ? [] : [{ ...each, load: () => event }]
          }),
        }),
      }),
  })
  return { plan: withShare(opened.plan, share ?? {}), shard: opened.shard }
}

/** Where no artifact can be had, nothing of other shards is known: what needs it fails, and says so. */
async function fetchFragments(
  { commands, environment }: ActionStep,
  inputs: ActionInputs,
  plan: Plan,
  only: readonly string[],
  root: string,
): Promise<{ readonly planned: readonly PlannedShard[] | undefined; readonly directories: readonly string[] }> {
  const names = fragmentNames(inputs)
  if ((environment['ACTIONS_RESULTS_URL'] ?? '') === '') {
    commands.annotate('warning', 'There is no artifact service here, so nothing is known of other shards.')
    return { planned: undefined, directories: [] }
  }
  try {
    const lists = await fetchRunArtifacts(join(root, 'shards'), names.isPlan)
    const newest = lists.fetched
      .toSorted((one, other) => one.name.length - other.name.length || (one.name < other.name ? -1 : 1))
      .at(-1)
    const text = newest && readNamedText(join(newest.directory, 'shards.json'))
    const planned = text === undefined ? undefined : readPlannedShards(text)
    const isNeeded = inputs.mode === 'collect' ? () => true : neededShards(plan, only, inputs.fanOut.shard, planned)
    const found = await fetchRunArtifacts(join(root, 'fragments'), (name) => {
      const shard = names.shardOf(name)
      return shard !== undefined && isNeeded(shard)
    })
    warnOfFailed(found, commands)
    return { planned, directories: found.fetched.map(({ directory }) => directory) }
  } catch (error) {
    commands.annotate(
      'warning',
      `The artifacts of this workflow run cannot be listed, so nothing is known of other shards: ${messageOf(error)}`,
    )
    return { planned: undefined, directories: [] }
  }
}

function warnOfFailed({ failed }: FetchedArtifacts, commands: ActionStep['commands']): void {
  for (const { name, why } of failed) commands.annotate('warning', `The artifact ${name} is left out: ${why}`)
}

/** Its own, for what an attempt before has paid; those that what it runs needs; all, where it is not known which these are. */
function neededShards(
  plan: Plan,
  only: readonly string[],
  own: string,
  planned: readonly PlannedShard[] | undefined,
): (shard: string) => boolean {
  if (planned === undefined) return () => true
  const owners = ownersOf(planned)
  const known = new Set(planned.map(({ name }) => name))
  const needed = new Set(planOfShard(plan, only).instances.map(({ id }) => findCovering(owners, id)?.name))
  return (shard) => shard === own || needed.has(shard) || !known.has(shard)
}
