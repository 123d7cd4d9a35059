import type { Command } from '../command.ts'

/** `orchestrator runs`. */
export const runsCommand: Command = {
  name: 'runs',
  load: async () => (await import('./carry-out.ts')).showRuns,
  about: 'list the runs that were made here: result, tokens, cost, time and age',
  usage: ['[--json]'],
  maxOperands: 0,
  options: {
    json: { about: 'print JSON, an object for each run' },
  },
  notes: [
    'The newest comes first. `running`: an orchestrator works in it; `interrupted`: it died there, and `run --resume` goes on with it.',
    'Runs whose directory was named with --run-dir are only listed when that is inside .orchestrator.',
  ],
  examples: [
    ['orchestrator runs', 'what ran here'],
    ["orchestrator runs --json | jq '.[].costUsd'", 'what it cost'],
  ],
}
