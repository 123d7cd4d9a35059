import { existsSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { isCredential } from '../agents/environment.ts'
import { builtinAgents } from '../agents/registry.ts'
import { chosenCloud } from '../agents/remedies.ts'
import type { RunShard } from '../run/run-shard.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Instance, ProcessDefinition } from '../core/instance.ts'
import { neededPermissions } from '../core/needed-permissions.ts'
import type { Plan } from '../core/plan.ts'
import { decideTrust } from '../github/ask-access.ts'
import type { Environment } from '../github/context.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { judgeEvent, type Trust } from '../github/trust.ts'
import { outsidePath } from '../process/outside-path.ts'
import type { ObeyedFiles } from './plan.ts'
import { lazyApi, type ActionStep } from './step.ts'

/**
 * The step as its event may be obeyed: of what a bot that is not listed has pushed, only what it has committed; and where the working tree is not
 * obeyed, no program of it by way of the PATH.
 */
export function obeyCommits(given: ActionStep, { allowed }: ActionInputs): ActionStep {
  const { event, sha, workspace } = given.context
  const ruling = judgeEvent(event, allowed)
  const isStrangers = 'trust' in ruling && ruling.trust.level === 'untrusted'
  const configCommit = given.context.configCommit ?? (isStrangers ? sha : undefined)
  if (configCommit === undefined) return given
  const { path, left } = outsidePath(given.environment['PATH'] ?? '', workspace)
  if (left.length > 0)
    given.commands.annotate(
      'notice',
      `Programs are not looked for in ${left.join(', ')}: the PATH leads there into the checkout, which is not obeyed on this event.`,
    )
  const environment = { ...given.environment, PATH: path }
  return { ...given, environment, context: { ...given.context, configCommit } }
}

/** How far the event of this step can be trusted, where that must be asked of GitHub. */
export function askTrust(step: ActionStep, { token, allowed }: ActionInputs, signal: AbortSignal): Promise<Trust> {
  const { repository, event } = step.context
  return decideTrust(event, allowed, { repository, connect: lazyApi(step, token), signal })
}

/** The environment instances are given parts of: an untrusted event's has no credentials, which is said with the line that would change it. */
export function environmentFor(
  { environment, commands }: ActionStep,
  plan: Plan,
  { level, why, remedy }: Trust,
): { environment: Environment; withheld: string[] } {
  if (level === 'trusted') return { environment, withheld: [] }
  const names = credentialNames(plan, environment)
  const message = `Instances run without ${names.join(', ')}: ${why}.${remedy === undefined ? '' : ` ${remedy}`}`
  if (names.length > 0) commands.annotate('warning', message)
  const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => !names.includes(name)))
  return {
    environment: rest,
    withheld: names.map((name) => environment[name] ?? '').filter((value) => !isAbsolute(value)),
  }
}

/**
 * The plan without the instances that need what an event lacks that is not trusted: credentials that were withheld, or a token that writes. They are skipped,
 * which costs nothing, instead of failing; `notes` are told once why, and what would change it.
 */
export function leaveOut(
  plan: Plan,
  { environment }: ActionStep,
  { level, why, remedy }: Trust,
  notes: string[],
): Plan {
  if (level === 'trusted') return plan
  const withheld = new Set(credentialNames(plan, environment))
  const rest = Object.fromEntries(Object.entries(environment).filter(([name]) => !withheld.has(name)))
  const cause = causeOf({ why, remedy })
  const left = new Set<string>()
  const mark = <T extends Instance>(instance: T): T => {
    if (instance.kind === 'gate' && instance.expansion !== undefined)
      return { ...instance, expansion: { ...instance.expansion, template: instance.expansion.template.map(mark) } }
    if (instance.kind !== 'process') return instance
    const missing = missingOf(instance.process, plan, withheld, rest)
    if (missing.length === 0) return instance
    left.add(instance.label)
    return { ...instance, withheld: `it needs ${missing.join(', ')}: ${cause}` }
  }
  const instances = plan.instances.map(mark)
  noteLeftOut([...left], cause, notes)
  return { ...plan, instances }
}

/** The same note of what shards have left out for the same event, for the report of all of them. */
export function noteLeftOutByShards({ events }: RunShard, trust: Trust, notes: string[]): void {
  if (trust.level === 'trusted') return
  const left = events.flatMap(({ type, load }) => {
    const event = type === 'instance.ended' ? load() : undefined
    return event?.type === 'instance.ended' && event.reason === 'untrusted' ? [event.id] : []
  })
  noteLeftOut(left, causeOf(trust), notes)
}

function noteLeftOut(left: readonly string[], cause: string, notes: string[]): void {
  if (left.length > 0)
    notes.push(`Skipped, as they need credentials or a token that writes: ${left.join(', ')}. The cause: ${cause}`)
}

function causeOf({ why, remedy }: Pick<Trust, 'why' | 'remedy'>): string {
  return `${why}${remedy === undefined ? '' : `. ${remedy}`}`
}

/** What a process needs and does not have: of the logins of its model one is enough. GitHub itself gives the secrets of forks no value. */
function missingOf(
  { action, runtime, secrets, effects }: ProcessDefinition,
  { runtimes }: Plan,
  withheld: ReadonlySet<string>,
  environment: Environment,
): string[] {
  const has = (name: string): boolean => (environment[name] ?? '') !== ''
  const agent = action.kind === 'prompt' ? builtinAgents.find(({ name }) => name === runtime) : undefined
  const home = environment['HOME'] ?? environment['USERPROFILE'] ?? ''
  const login = agent?.login
  const isLoggedIn =
    agent === undefined ||
    login === undefined ||
    login.variables.some(has) ||
    existsSync(join(home, login.file)) ||
    chosenCloud(agent, environment) !== undefined
  const key = isLoggedIn ? [] : [login.variables.find((name) => withheld.has(name)) ?? login.variables[0] ?? '']
  const declared = (runtimes[runtime]?.env ?? []).filter((name) => withheld.has(name))
  return [
    ...new Set([...secrets.filter((name) => !has(name)), ...key, ...declared]),
    ...(effects === undefined ? [] : ['a token that writes for its `effects`']),
  ]
}

/** Warns, before anything runs, of what the job's token may not do that the plan asks for, as the workflow's own file says; with the line to add. */
export async function warnOfPermissions(
  { context, commands }: ActionStep,
  plan: Plan,
  { read }: ObeyedFiles,
): Promise<void> {
  const path = /(?:^|\/)(\.github\/workflows\/[^@]+)/.exec(context.workflow)?.[1]
  if (path === undefined || plan.source === null || neededPermissions(plan, true).length === 0) return
  const text = await Promise.resolve(read(path)).catch(() => undefined)
  if (text === undefined) return
  const { orchestratingJobs } = await import('../workflow/job-permissions.ts')
  for (const { job, writes } of orchestratingJobs(text, plan.source.path))
    if (job === context.job && writes !== undefined)
      for (const { scope, or, what, wantedBy } of neededPermissions(plan, context.pullRequest !== undefined))
        if (!writes(scope) && (or === undefined || !writes(or))) {
          const whose = wantedBy.length === 0 ? '' : ` of ${wantedBy.slice(0, 5).join(', ')}`
          const message = `${what}${whose} needs a permission that the job \`${job}\` does not give: add \`${scope}: write\` to its \`permissions\`.`
          commands.annotate('warning', message, { file: path })
        }
}

/** Says which agents may do less than the file lets them, because of who caused the event. */
export function noteReadOnly({ commands }: ActionStep, plan: Plan, { level, why }: Trust): void {
  if (level === 'trusted') return
  const kept = [...definitionsOf(plan.instances)].filter(
    ({ definition }) => definition.action.kind === 'prompt' && mayMore(definition),
  )
  const ids = [...new Set(kept.map(({ id }) => id))]
  if (ids.length === 0) return
  const more = ids.length > 20 ? ` and ${ids.length - 20} more` : ''
  commands.annotate(
    'notice',
    `Agents may only read (\`safety: read-only\`), whatever the file lets ${ids.slice(0, 20).join(', ')}${more} do: ${why}.`,
  )
}

function mayMore({ safety, allowedTools = [], permissions }: ProcessDefinition): boolean {
  if (safety === 'read-only' || safety === 'manual') return false
  return safety !== 'default' || allowedTools.length > 0 || (permissions?.allow ?? []).length > 0
}

/** Names of the environment's credentials that instances of this plan could be given. */
export function credentialNames(plan: Plan, environment: Environment): string[] {
  const provider = [
    ...builtinAgents.flatMap((agent) => agent.providerEnv),
    ...Object.values(plan.runtimes).flatMap(({ env }) => env),
  ]
  const names = new Set(provider.filter((name) => isCredential(name, environment[name] ?? '')))
  for (const { definition } of definitionsOf(plan.instances)) for (const name of definition.secrets) names.add(name)
  return [...names].filter((name) => (environment[name] ?? '') !== '')
}
