import { simulatedModels } from '../agents/registry.ts'
import type { CompanionEntry } from './companion.ts'

/** The embedded model server of `--simulate`: agents find their model there. */
export const simulationCompanion: CompanionEntry = {
  name: 'simulation',
  async open({ simulation: rules, directory, redactor }) {
    if (rules === undefined) return undefined
    const { startSimulation } = await import('../simulate/server.ts')
    const server = await startSimulation({
      rules,
      ledgerPath: directory.ledgerPath,
      redactor,
      models: await simulatedModels(),
    })
    return {
      environmentFor: (task) => ({ endpoint: server.endpoint(task.id, task.attempt) }),
      close: () => server.close(),
    }
  },
}
