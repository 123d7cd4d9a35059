import type { Command } from '../command.ts'

/** `orchestrator cache`. */
export const cacheCommand: Command = {
  name: 'cache',
  load: async () => (await import('./carry-out.ts')).lookAtCache,
  about: 'look at outcomes that are kept: why one was not taken, what there is, remove old ones',
  usage: ['explain ID [RUN]', 'list', 'prune [--max-size SIZE]'],
  maxOperands: 3,
  options: {
    'max-size': {
      value: 'SIZE',
      about: 'what may stay, the rest that was of no use for longest goes: 100MB; default 512MB',
    },
    json: { about: 'as JSON' },
  },
  notes: ['Outcomes of instances with a `cache` are kept in the cache directory of the user, for all repositories.'],
  examples: [
    ['orchestrator cache explain review', 'why `review` ran again in the newest run, or where its outcome came from'],
    ['orchestrator cache prune --max-size 100MB', 'keep the most recently used 100 MB'],
  ],
}
