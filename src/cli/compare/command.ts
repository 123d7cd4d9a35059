import type { Command } from '../command.ts'

/** `orchestrator compare RUN_A RUN_B`. */
export const compareCommand: Command = {
  name: 'compare',
  load: async () => (await import('./carry-out.ts')).compareRuns,
  about: 'compare two runs: results, tokens, cost, time and answers of each instance',
  usage: ['RUN_A [RUN_B] [--json]'],
  maxOperands: 2,
  options: {
    json: { about: 'print JSON' },
  },
  notes: [
    'A run is named by its directory, its journal or its id (`orchestrator runs`). Without RUN_B, RUN_A is compared with the newest run.',
    'If a figure is only a lower bound in one of them, it is shown as such, without a difference.',
  ],
  examples: [
    ['orchestrator compare 1f0c2a9e', 'how the last run differs from that one'],
    ['orchestrator compare before/ after/ --json', 'for a script'],
  ],
}
