import type { Noticed } from '../core/event.ts'
import type { InstanceState } from '../core/run-state.ts'
import { sumAccounting } from '../core/usage.ts'
import { describeCost, describeTokens } from '../report/quantities.ts'

/** A notice of what instances used that are no more part of a run, and so are in no sum any more; `why` they are not. Undefined where they used nothing. */
export function noticeOfUncounted(gone: readonly InstanceState[], why: string): Noticed | undefined {
  const accounting = sumAccounting(gone.flatMap(({ attempts }) => attempts.map((attempt) => attempt.accounting)))
  const used = [describeTokens(accounting), describeCost(accounting)].filter((text) => text !== '').join(', ')
  if (used === '') return undefined
  const ids = gone.filter(({ attempts }) => attempts.length > 0).map(({ instance }) => instance.id)
  const message = `No longer counted: ${used}, used by ${ids.join(', ')}, ${why}`
  return { type: 'notice', level: 'warning', message }
}
