import type { Command } from '../command.ts'

/** `orchestrator runs`. */
export const runsCommand: Command = {
  name: 'runs',
  load: async () => (await import('./carry-out.ts')).showRuns,
  about: 'list the runs made here: result, tokens, cost, time and age',
  usage: ['[--json]'],
  maxOperands: 0,
  options: {
    json: { about: 'print JSON, an object for each run' },
  },
  notes: [
    'The newest comes first. `running`: its orchestrator is still at work; `interrupted`: it died, and `run --resume` can resume the run.',
    'Runs whose directory was given with --run-dir are listed only if it is inside .orchestrator.',
  ],
  examples: [
    ['orchestrator runs', 'what ran here'],
    ["orchestrator runs --json | jq '.[].costUsd'", 'what it cost'],
  ],
}
