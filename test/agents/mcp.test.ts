import { builtinAgents } from '../../src/agents/registry.ts'
import { driveMcp } from './drive-mcp.ts'

for (const agent of builtinAgents.filter(({ supports }) => supports.has('mcp'))) driveMcp(agent)
