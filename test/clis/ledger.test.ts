import { after } from 'node:test'
import { driveLedgers } from '../agents/drive-ledgers.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents).remove)
driveLedgers()
