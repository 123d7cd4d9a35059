import { leaveEnvironment } from './leave-environment.ts'

/** The entry of the action: small, because it is run twice, before and after the process has left its environment. */
leaveEnvironment(process)
await import('./main.ts')
