import type { ProcessDefinition, ProcessInstance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { createPriceList, type PriceList } from './price-list.ts'
import { builtinAgents, providerName } from './registry.ts'

/**
 * Ids of the agents, cells of open matrices included, of which nobody will know in dollars what they spend: their CLI says no cost, and they, or a
 * fallback of theirs, name no model that the file or a list has a price of at the provider they would ask.
 */
export async function unpricedInstances(
  plan: Pick<Plan, 'instances' | 'prices' | 'runtimes'>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlySet<string>> {
  const list = createPriceList(plan.prices ?? {})
  const unpriced = new Set<string>()
  for (const instance of agentsOf(plan))
    for (const way of waysOf(instance))
      if (!saysCost(way, plan) && !(await isListed(way, modelOf(way, instance), list, environment)))
        unpriced.add(instance.id)
  return unpriced
}

function agentsOf({ instances }: Pick<Plan, 'instances'>): ProcessInstance[] {
  return instances.flatMap((instance) => {
    if (instance.kind === 'process') return instance.pool === 'agents' ? [instance] : []
    return instance.kind === 'gate' ? agentsOf({ instances: instance.expansion?.template ?? [] }) : []
  })
}

/** How it may be carried out: as it says, and by each fallback. */
const waysOf = ({ process, fallback }: ProcessInstance): readonly ProcessDefinition[] => [
  process,
  ...fallback.map(({ process: whole, ...changed }) => whole ?? { ...process, ...changed }),
]

function saysCost({ runtime }: ProcessDefinition, { runtimes }: Pick<Plan, 'runtimes'>): boolean {
  const declared = runtimes[runtime]
  if (declared !== undefined) return declared.parse.costUsd !== undefined
  return builtinAgents.find(({ name }) => name === runtime)?.counts?.cost !== 'unknown'
}

/** Undefined where it is known only when the instance starts. */
function modelOf({ model }: ProcessDefinition, { matrix }: ProcessInstance): string | undefined {
  const key = /^\$\{\{ *matrix\.([\w-]+) *\}\}$/.exec(model ?? '')?.[1]
  const value = key === undefined ? model : matrix?.[key]
  return typeof value === 'string' && !value.includes('${{') ? value : undefined
}

async function isListed(
  definition: ProcessDefinition,
  model: string | undefined,
  list: PriceList,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  return model !== undefined && (await list.find(model, providerName(definition, environment))) !== undefined
}
