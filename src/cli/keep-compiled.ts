import { existsSync } from 'node:fs'
import module from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'

/**
 * Keeps compiled code from one start to the next (`module.enableCompileCache`, Node 22.8), in the user's own cache directory:
 * in a shared temporary one another user could plant code. What is kept is what is compiled while a file is read, so from the
 * second start on, which is when keeping pays, all of it is (`--no-lazy`); a first start, as in CI, is spared that work.
 *
 * Returns what ends that: the modules of Node itself come compiled, but are compiled anew under flags other than the usual ones.
 */
export function keepCompiled(environment: NodeJS.ProcessEnv): () => void {
  const { XDG_CACHE_HOME, LOCALAPPDATA, HOME } = environment
  const caches = XDG_CACHE_HOME || LOCALAPPDATA || (HOME && join(HOME, '.cache'))
  if (!caches || module.enableCompileCache === undefined) return () => {}
  const directory = join(caches, 'orchestrator', 'compiled')
  const whole = existsSync(directory)
  if (whole) setFlagsFromString('--no-lazy')
  module.enableCompileCache(directory)
  return () => {
    if (whole) setFlagsFromString('--lazy')
  }
}
