import type { Command } from '../command.ts'

/** `orchestrator watch [ID]`. */
export const watchCommand: Command = {
  name: 'watch',
  load: async () => (await import('./carry-out.ts')).watchInstance,
  about: 'watch one instance live: its attempts, what it prints, how it ends',
  usage: ['[ID] [--run RUN]'],
  maxOperands: 1,
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
  },
  notes: [
    'Without ID, the instance that is running, if it is the only one. One that has not started is waited for. The exit code is 0 when it succeeded, 1 when it did not.',
    'Agents are shown as readable turns, with secrets masked. `logs -f` follows all instances at once, `run --verbose` shows the same in the run itself.',
  ],
  examples: [
    ['orchestrator watch review', 'in another terminal'],
    ['orchestrator watch tests && git push', 'once the tests of the run that goes on have succeeded'],
  ],
}
