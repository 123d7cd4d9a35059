import { builtinAgents } from '../agents/registry.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Plan } from '../core/plan.ts'
import { decideTrust } from '../github/ask-access.ts'
import type { Environment } from '../github/context.ts'
import type { ActionInputs } from '../github/inputs.ts'
import { judgeEvent, type Trust } from '../github/trust.ts'
import { lazyApi, type ActionStep } from './step.ts'

/** The step as an event may be obeyed: of what a bot that is not listed has pushed, only what it has committed. */
export function obeyCommits(step: ActionStep, { allowed }: ActionInputs): ActionStep {
  const { configCommit, event, sha } = step.context
  const ruling = judgeEvent(event, allowed)
  if (configCommit !== undefined || !('trust' in ruling) || ruling.trust.level === 'trusted') return step
  return { ...step, context: { ...step.context, configCommit: sha } }
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
  return { environment: rest, withheld: names.map((name) => environment[name] ?? '') }
}

/** Names of the environment's credentials that instances of this plan could be given. */
export function credentialNames(plan: Plan, environment: Environment): string[] {
  const names = new Set(builtinAgents.flatMap((agent) => agent.providerEnv))
  for (const { definition } of definitionsOf(plan.instances)) for (const name of definition.secrets) names.add(name)
  return [...names].filter((name) => (environment[name] ?? '') !== '')
}
