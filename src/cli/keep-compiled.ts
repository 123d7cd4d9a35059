import module from 'node:module'
import { join } from 'node:path'

/**
 * Keeps compiled code from one start to the next, which spares about 10 ms of each but the first (`module.enableCompileCache`,
 * Node 22.8). It lies in the user's own cache directory: in a shared temporary directory another user could plant code.
 */
export function keepCompiled(environment: NodeJS.ProcessEnv): void {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = environment
  const caches = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, '.cache'))
  if (caches) module.enableCompileCache?.(join(caches, 'orchestrator', 'compiled'))
}
