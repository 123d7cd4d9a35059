import type { Command } from '../command.ts'

/** `orchestrator import FILE`. */
export const importCommand: Command = {
  name: 'import',
  load: async () => (await import('./carry-out.ts')).importForeign,
  about: 'turn an instance list or a list of stages into an orchestration file',
  usage: ['FILE'],
  maxOperands: 1,
  options: {},
  notes: ['Comments in the result say where a meaning changed. `run` and `check` take such a FILE directly as well.'],
  examples: [['orchestrator import instances.json > .github/orchestrator.yml', '']],
}
