import { after } from 'node:test'
import { driveSimulated } from '../agents/drive-agent.ts'
import { driveMcp } from '../agents/drive-mcp.ts'
import { driveHostileCheckout, driveTiers } from '../agents/drive-safety.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents).remove)

for (const agent of foreignAgents) {
  driveSimulated(agent)
  driveTiers(agent)
  driveHostileCheckout(agent)
  if (agent.supports.has('mcp')) driveMcp(agent)
}
