import { builtinAgents } from '../../src/agents/registry.ts'
import { driveHostileCheckout, driveTiers } from './drive-safety.ts'

for (const agent of builtinAgents.filter(({ kind }) => kind === 'agent')) {
  driveTiers(agent)
  driveHostileCheckout(agent)
}
