import type { Command } from '../command.ts'

/** `orchestrator runtimes`. */
export const runtimesCommand: Command = {
  name: 'runtimes',
  load: async () => (await import('./carry-out.ts')).runtimes,
  about: 'list the runtimes and the versions found here, or try one',
  usage: ['[--json]', 'test NAME [FILE] [OPTIONS]'],
  maxOperands: 3,
  options: {
    json: { about: 'print JSON: what each can do, or what was understood' },
    prompt: { value: 'TEXT', about: 'what `test` asks; default: a word as the answer' },
    model: { value: 'MODEL', short: 'm', about: 'the model that `test` uses' },
    simulate: {
      value: 'RULES',
      valueIsOptional: true,
      about: '`test` against an embedded model: no key, no cost; RULES is a YAML file of answers',
    },
  },
  notes: [
    '`test` runs one prompt through a runtime, built-in or of the `runtimes:` in FILE, and shows what was understood of its output. NAME and FILE come before --simulate.',
  ],
  examples: [
    ['orchestrator runtimes', 'what can run on this machine'],
    ['orchestrator runtimes test aider', 'whether the definition of `aider` is right'],
  ],
}
