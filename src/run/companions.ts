import type { AccompaniedRun, Companion, CompanionEntry } from './companion.ts'
import { simulationCompanion } from './simulation-companion.ts'

/** The companions there are, a line each. Where two give the same, the later one's holds. */
const companionRegistry: readonly CompanionEntry[] = [simulationCompanion]

/** Opens the companions this run asks for, as one. */
export async function openCompanions(run: AccompaniedRun): Promise<Companion> {
  const open: Companion[] = []
  const close = async (): Promise<void> => {
    await Promise.all(open.map((companion) => companion.close()))
  }
  try {
    for (const entry of companionRegistry) {
      const companion = await entry.open(run)
      if (companion !== undefined) open.push(companion)
    }
  } catch (error) {
    await close()
    throw error
  }
  return {
    close,
    environmentFor(task) {
      const given = open.map((companion) => companion.environmentFor(task))
      const variables = Object.assign({}, ...given.map((each) => each.variables))
      return Object.assign({}, ...given, { variables })
    },
  }
}
