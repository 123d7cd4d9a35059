import type { Command } from '../command.ts'

/** `orchestrator cache`. */
export const cacheCommand: Command = {
  name: 'cache',
  load: async () => (await import('./carry-out.ts')).lookAtCache,
  about: 'inspect cached outcomes: why one was not used, what there is; remove old ones',
  usage: ['explain ID [RUN]', 'list', 'prune [--max-size SIZE]'],
  maxOperands: 3,
  options: {
    'max-size': {
      value: 'SIZE',
      about: 'keep at most this much, removing the least recently used first: 100MB; default 512MB',
    },
    json: { about: 'as JSON' },
  },
  notes: ["Outcomes of instances with a `cache` are stored in the user's cache directory, for all repositories."],
  examples: [
    ['orchestrator cache explain review', 'why `review` ran again in the newest run, or where its outcome came from'],
    ['orchestrator cache prune --max-size 100MB', 'keep the most recently used 100 MB'],
  ],
}
