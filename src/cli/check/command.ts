import type { Command } from '../command.ts'

/** `orchestrator check FILE…`. */
export const checkCommand: Command = {
  name: 'check',
  load: async () => (await import(/* webpackMode: "eager" */ './carry-out.ts')).checkFiles,
  about: 'report every mistake of orchestration files',
  usage: ['[FILE…] [--format FORMAT]'],
  maxOperands: Infinity,
  options: {
    format: {
      value: 'FORMAT',
      choices: ['text', 'line', 'json', 'github'],
      about: 'how mistakes are written',
    },
    quiet: { short: 'q', about: 'nothing about files that are right' },
  },
  notes: [
    "FILE may be a pattern (quote it: 'examples/**/*.yml'). Exit code 2 when any file has an error. `line` is one line a mistake, as compilers write it; `github` annotates the lines of a workflow run.",
  ],
  examples: [
    ['orchestrator check', '.github/orchestrator.yml or orchestrator.yml'],
    ["orchestrator check 'examples/*.yml'", 'many files'],
    ['orchestrator check FILE --format json', 'for programs'],
  ],
}
