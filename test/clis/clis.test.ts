import { after } from 'node:test'
import { driveSimulated } from '../agents/drive-agent.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents))

for (const agent of foreignAgents) driveSimulated(agent)
