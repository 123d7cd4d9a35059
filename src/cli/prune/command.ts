import type { Command } from '../command.ts'

/** `orchestrator prune`. */
export const pruneCommand: Command = {
  name: 'prune',
  load: async () => (await import('./carry-out.ts')).pruneRuns,
  about: 'remove old runs',
  usage: ['[--keep N] [--older-than DURATION] [--dry-run]'],
  maxOperands: 0,
  options: {
    keep: { value: 'N', about: 'how many of the newest stay; default 20' },
    'older-than': { value: 'DURATION', about: 'remove only what is older: 36h, 14d' },
    'dry-run': { about: 'say what would be removed, and remove nothing' },
  },
  notes: [
    'Only directories that a run made for itself in .orchestrator are removed; never one that an orchestrator works in, nor the one that `latest` leads to. The history, which forecasts and budgets per day are made from, stays.',
  ],
  examples: [
    ['orchestrator prune --dry-run', 'what would go'],
    ['orchestrator prune --keep 5 --older-than 7d', 'all but the last five of this week'],
  ],
}
