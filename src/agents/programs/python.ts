import type { Agent } from '../agent.ts'
import { scriptRuntime } from './script-runtime.ts'

/** Runs `run` as Python 3 and `command` as `python3` with these arguments. */
export const python: Agent = scriptRuntime({
  name: 'python',
  programs: ['python3', 'python'],
  inlineFlag: '-c',
  extension: '.py',
  modules: 'its own',
  safely: { PYTHONSAFEPATH: '1' },
})
