import type { Command } from '../command.ts'

/** `orchestrator runtimes`. */
export const runtimesCommand: Command = {
  name: 'runtimes',
  load: async () => (await import('./carry-out.ts')).runtimes,
  about: 'list the runtimes and the versions found here, try one, or lock their versions',
  usage: ['[--json]', 'test NAME [FILE] [OPTIONS]', 'lock [FILE | NAME@VERSION…]'],
  maxOperands: 20,
  options: {
    'dry-run': { about: '`lock`: ask npm, and write nothing' },
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
    '`lock` asks npm what the versions that FILE wants consist of, and keeps it in .github/orchestrator.lock.json: what is installed then is exactly that.',
  ],
  examples: [
    ['orchestrator runtimes', 'what can run on this machine'],
    ['orchestrator runtimes test aider', 'whether the definition of `aider` is right'],
    ['orchestrator runtimes lock', 'after a version in the file was changed'],
  ],
}
