import type { Command } from '../command.ts'

/** `orchestrator runtimes`. */
export const runtimesCommand: Command = {
  name: 'runtimes',
  load: async () => (await import('./carry-out.ts')).listRuntimes,
  about: 'list the runtimes and the versions found here',
  usage: ['[--json]'],
  maxOperands: 0,
  options: { json: { about: 'print a JSON array, with what each can do' } },
  examples: [['orchestrator runtimes', 'what can run on this machine']],
}
