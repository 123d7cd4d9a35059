import type { VariantFacts } from '../core/variant.ts'
import { readHeadCommit } from '../run/head-commit.ts'
import type { Surroundings } from './surroundings.ts'

/** What variants would be chosen by if a run began here now: what is checked out, and nothing of an event. */
export function variantFactsOf({ root }: Surroundings): VariantFacts {
  return { commit: readHeadCommit(root), only: null, context: { github: {} } }
}
