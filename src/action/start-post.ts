import { leaveEnvironment } from './leave-environment.ts'

/** The entry of the action's post step, as `action/start`. */
leaveEnvironment(process)
await import('./post.ts')
