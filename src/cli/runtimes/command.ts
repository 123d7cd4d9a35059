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
    json: { about: 'print JSON: what each runtime can do, or what was understood' },
    prompt: { value: 'TEXT', about: 'the prompt for `test`; default: asks for a one-word answer' },
    model: { value: 'MODEL', short: 'm', about: 'the model for `test`' },
    simulate: {
      value: 'RULES',
      valueIsOptional: true,
      about: '`test` against an embedded model: no key, no cost; RULES is a YAML file of answers',
    },
  },
  notes: [
    '`test` runs one prompt through a runtime, built in or declared under `runtimes:` in FILE, and shows how its output was understood. NAME and FILE come before --simulate.',
    '`lock` asks npm for the exact packages behind the versions in FILE and records them in .github/orchestrator.lock.json; later installs use exactly those.',
  ],
  examples: [
    ['orchestrator runtimes', 'what can run on this machine'],
    ['orchestrator runtimes test aider', 'check the definition of `aider`'],
    ['orchestrator runtimes lock', 'after a version in the file was changed'],
  ],
}
