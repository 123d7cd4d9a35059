import type { Command } from '../command.ts'

/** `orchestrator compare RUN_A RUN_B`. */
export const compareCommand: Command = {
  name: 'compare',
  load: async () => (await import('./carry-out.ts')).compareRuns,
  about: 'hold two runs side by side: results, tokens, cost, time and answers of each instance',
  usage: ['RUN_A [RUN_B] [--json]'],
  maxOperands: 2,
  options: {
    json: { about: 'print JSON' },
  },
  notes: [
    'A run is named by its directory, its journal or its id (`orchestrator runs`). Without RUN_B, RUN_A is compared with the newest run.',
    'A figure that is a lower bound in one of them is shown as such, and no difference is told.',
  ],
  examples: [
    ['orchestrator compare 1f0c2a9e', 'what the last run did otherwise than that one'],
    ['orchestrator compare before/ after/ --json', 'for a script'],
  ],
}
