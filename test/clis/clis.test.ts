import { after } from 'node:test'
import { driveSimulated } from '../agents/drive-agent.ts'
import { driveHostileCheckout, driveTiers } from '../agents/drive-safety.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents).remove)

for (const agent of foreignAgents) {
  driveSimulated(agent)
  driveTiers(agent)
  driveHostileCheckout(agent)
}
