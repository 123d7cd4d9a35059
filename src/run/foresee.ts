import { addTo } from '../core/group-by.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { Noticed } from '../core/event.ts'
import { listNames } from '../core/list-names.ts'
import type { Plan } from '../core/plan.ts'

/** What is in the way of a plan's agents before any has started. */
export interface Obstacles {
  /** By model and its day. */
  readonly retired: readonly {
    readonly model: string
    readonly day: string
    readonly isPast: boolean
    readonly ids: readonly string[]
  }[]
  readonly silentProxies: readonly { readonly address: string; readonly why: string; readonly ids: readonly string[] }[]
}

type Environment = Readonly<Record<string, string | undefined>>

/** Looks ahead where a plan has agents of a known provider: models that their vendor has retired, proxies that do not answer. */
export async function foresee(plan: Plan, environment: Environment, now: number): Promise<Obstacles> {
  const { builtinAgents } = await import('../agents/registry.ts')
  const { retirementOf } = await import('../agents/retired-models.ts')
  const retired = new Map<string, { model: string; day: string; isPast: boolean; ids: string[] }>()
  const asking = new Map<string, string[]>()
  for (const { id, definition } of definitionsOf(plan.instances)) {
    const { action, runtime, model } = definition
    const provider = builtinAgents.find(({ name }) => name === runtime)?.provider?.(environment)
    if (action.kind !== 'prompt' || provider === undefined) continue
    addTo(asking, provider, id)
    const retirement = model === undefined ? undefined : retirementOf(model, provider, now)
    if (model === undefined || retirement === undefined) continue
    const known = retired.get(model) ?? { model, ...retirement, ids: [] }
    known.ids.push(id)
    retired.set(model, known)
  }
  return { retired: [...retired.values()], silentProxies: await silentProxies(asking, environment) }
}

async function silentProxies(asking: ReadonlyMap<string, readonly string[]>, environment: Environment) {
  const { findSilentProxies, namesProxy } = await import('../agents/silent-proxy.ts')
  if (!namesProxy(environment)) return []
  const found = new Map<string, { address: string; why: string; ids: string[] }>()
  for (const [provider, ids] of asking)
    for (const silent of await findSilentProxies([provider], environment)) {
      const known = found.get(silent.address) ?? { ...silent, ids: [] }
      found.set(silent.address, { ...known, ids: [...known.ids, ...ids] })
    }
  return [...found.values()]
}

/** The same as warnings of a run; nothing where no model is called. */
export async function noticesAhead(plan: Plan, environment: Environment, now: number): Promise<Noticed[]> {
  const { retired, silentProxies: silent } = await foresee(plan, environment, now)
  return [
    ...retired.map(({ model, day, isPast, ids }) =>
      warning(`${describeRetirement(model, { day, isPast })} (${listNames(ids, 3)}). Write another \`model\`.`),
    ),
    ...silent.map(({ address, why, ids }) =>
      warning(`${describeSilence(address, why)} (${listNames(ids, 3)}). ${proxyRemedy}.`),
    ),
  ]
}

/** `model: claude-3-opus was retired by its vendor on 2026-01-05: requests for it fail`. */
export function describeRetirement(
  model: string,
  { day, isPast }: { readonly day: string; readonly isPast: boolean },
): string {
  const what = `\`model: ${model}\``
  return isPast
    ? `${what} was retired by its vendor on ${day}: requests for it fail`
    : `${what} will be retired by its vendor on ${day}`
}

/** `the proxy 10.0.0.1:3128 does not answer (ECONNREFUSED): agents reach no model through it`. */
export function describeSilence(address: string, why: string): string {
  return `the proxy ${address} does not answer (${why}): agents reach no model through it`
}

/** What to do about a proxy that does not answer. */
export const proxyRemedy = 'Correct `HTTPS_PROXY`, or except the provider with `NO_PROXY`'

function warning(message: string): Noticed {
  return { type: 'notice', level: 'warning', message }
}
