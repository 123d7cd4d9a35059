import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { runOptions } from '../run-options.ts'

/** `orchestrator backtest FILE`. */
export const backtestCommand: Command = {
  name: 'backtest',
  load: async () => (await import('./carry-out.ts')).backtest,
  about: 'replay merged pull requests through a review file and compare its findings with what happened',
  usage: ['[FILE] [--pulls N] [--against FILE] [OPTIONS]'],
  maxOperands: 1,
  options: {
    pulls: { value: 'N', about: 'the N most recently merged pull requests (20)' },
    against: { value: 'FILE', about: 'another version of the file, side by side' },
    days: { value: 'N', about: 'how many days after the merge a changed line counts (30)' },
    input: inputOption,
    simulate: runOptions['simulate'] ?? { about: '' },
    json: { about: 'print JSON' },
  },
  notes: [
    "Pull requests are found in the history of the default branch: GitHub’s merge and squash commits. Their reviewers' comments come from the API, which needs GITHUB_TOKEN; without it they, and recall, are unknown.",
    'If reviewers commented, the version they saw first is replayed; otherwise the merged one. A finding that nobody raised and whose lines nobody changed may still be right, so precision is a lower bound.',
  ],
  examples: [
    ['orchestrator backtest review.yml --simulate rules.yml', 'try it without a key'],
    ['orchestrator backtest new.yml --against review.yml --pulls 50', 'is the new prompt better?'],
  ],
}
