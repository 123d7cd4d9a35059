import type { Command } from '../command.ts'

/** `orchestrator prune`. */
export const pruneCommand: Command = {
  name: 'prune',
  load: async () => (await import('./carry-out.ts')).pruneRuns,
  about: 'remove old runs',
  usage: ['[--keep N] [--older-than DURATION] [--dry-run]'],
  maxOperands: 0,
  options: {
    keep: { value: 'N', about: 'keep the newest N; default 20' },
    'older-than': { value: 'DURATION', about: 'remove only runs older than this: 36h, 14d' },
    'dry-run': { about: 'say what would be removed, and remove nothing' },
  },
  notes: [
    'Removes only directories that runs created in .orchestrator; never one in use, nor the one that `latest` points to. The history, which forecasts and daily budgets use, stays.',
  ],
  examples: [
    ['orchestrator prune --dry-run', 'what would go'],
    ['orchestrator prune --keep 5 --older-than 7d', 'all older than a week, except the newest five'],
  ],
}
