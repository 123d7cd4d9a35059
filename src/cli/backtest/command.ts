import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { runOptions } from '../run-options.ts'

/** `orchestrator backtest FILE`. */
export const backtestCommand: Command = {
  name: 'backtest',
  load: async () => (await import('./carry-out.ts')).backtest,
  about: 'replay merged pull requests through a review file, and hold its findings against what happened',
  usage: ['[FILE] [--pulls N] [--against FILE] [OPTIONS]'],
  maxOperands: 1,
  options: {
    pulls: { value: 'N', about: 'the N pull requests that were merged last (20)' },
    against: { value: 'FILE', about: 'another version of the file, side by side' },
    days: { value: 'N', about: 'how long after its merge a changed line counts (30)' },
    input: inputOption,
    simulate: runOptions['simulate'] ?? { about: '' },
    json: { about: 'print JSON' },
  },
  notes: [
    'Pull requests are those that the history of the default branch names: GitHub’s merge and squash commits. What their reviewers said is asked of the API with GITHUB_TOKEN; without it that, and recall, is unknown.',
    'Where reviewers said something, what they saw first is replayed; else what was merged. A finding that nobody said and whose lines nobody changed may be right all the same: precision is a lower bound.',
  ],
  examples: [
    ['orchestrator backtest review.yml --simulate rules.yml', 'what it takes, without a key'],
    ['orchestrator backtest new.yml --against review.yml --pulls 50', 'is the new prompt better?'],
  ],
}
