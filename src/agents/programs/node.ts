import type { Agent } from '../agent.ts'
import { scriptRuntime } from './script-runtime.ts'

/** Runs `run` as JavaScript (CommonJS or a module, as Node detects it) and `command` as `node` with these arguments. */
export const node: Agent = scriptRuntime({
  name: 'node',
  programs: ['node'],
  inlineFlag: '-e',
  extension: '.js',
  modules: 'asked for',
})
