import type { InstanceState } from '../core/run-state.ts'
import { addAccounting, freeAccounting, type Accounting } from '../core/usage.ts'

/**
 * The sum over attempts, as `addAccounting` has it, but what calls no model is left out: an agent that said nothing of
 * itself stays unknown beside any number of commands, instead of becoming "at least 0".
 */
export function sumAccounting(parts: Iterable<Accounting>): Accounting {
  let sum: Accounting | undefined
  for (const part of parts) {
    if (part.costSource === 'none' && !part.partial) continue
    sum = sum === undefined ? part : addAccounting(sum, part)
  }
  return sum ?? freeAccounting
}

/** What an instance consumed over all its attempts. */
export function accountingOf(at: InstanceState): Accounting {
  return sumAccounting(at.attempts.map((attempt) => attempt.accounting))
}
