import type { Plan } from '../../core/plan.ts'
import { describeRetirement, describeSilence, foresee, proxyRemedy } from '../../run/foresee.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Finding } from './examine-plan.ts'

/** Models that are retired, and proxies that do not answer. */
export async function examineAhead(plan: Plan, { environment, now }: Surroundings): Promise<Finding[]> {
  const { retired, silentProxies } = await foresee(plan, environment, now())
  return [
    ...retired.map(({ model, day, isPast, ids }): Finding => ({
      kind: 'model',
      state: isPast ? 'missing' : 'uncertain',
      what: model,
      detail: describeRetirement(model, { day, isPast }),
      fix: 'write another `model` there',
      wantedBy: ids,
    })),
    ...silentProxies.map(({ address, why, ids }): Finding => ({
      kind: 'network',
      state: 'missing',
      what: `proxy ${address}`,
      detail: describeSilence(address, why),
      fix: proxyRemedy,
      wantedBy: ids,
    })),
  ]
}
