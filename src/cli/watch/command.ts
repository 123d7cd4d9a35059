import type { Command } from '../command.ts'

/** `orchestrator watch [ID]`. */
export const watchCommand: Command = {
  name: 'watch',
  load: async () => (await import('./carry-out.ts')).watchInstance,
  about: 'follow one instance live: its attempts, its output, how it ends',
  usage: ['[ID] [--run RUN]'],
  maxOperands: 1,
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
  },
  notes: [
    'Without ID, follows the only instance that is running. Waits for an instance that has not started. The exit code is 0 when it succeeded, 1 when it did not.',
    'Agents are shown as readable turns, with secrets masked. `logs -f` follows all instances at once, `run --verbose` shows the same in the run itself.',
  ],
  examples: [
    ['orchestrator watch review', 'in another terminal'],
    ['orchestrator watch tests && git push', 'push once the tests of the current run have succeeded'],
  ],
}
