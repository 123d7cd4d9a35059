import type { Command } from '../command.ts'
import { checkFormats } from './formats.ts'
import { inputOption } from '../given-inputs.ts'

/** `orchestrator check FILE…`. */
export const checkCommand: Command = {
  name: 'check',
  load: async () => (await import(/* webpackChunkName: "work" */ './carry-out.ts')).checkFiles,
  about: 'report every mistake in orchestration files',
  usage: ['[FILE…] [--input k=v] [--format FORMAT]'],
  maxOperands: Infinity,
  options: {
    input: inputOption,
    format: { value: 'FORMAT', choices: Object.keys(checkFormats), about: 'output format' },
    quiet: { short: 'q', about: 'print nothing for valid files' },
  },
  notes: [
    "FILE may be a pattern (quote it: 'examples/**/*.yml'). Exit code 2 when any file has an error. What depends on a required input is checked only if the input is given. `line` is one line per mistake, as compilers write it; `github` annotates the lines of a workflow run.",
  ],
  examples: [
    ['orchestrator check', '.github/orchestrator.yml or orchestrator.yml'],
    ["orchestrator check 'examples/*.yml'", 'many files'],
    ['orchestrator check FILE --format json', 'for programs'],
  ],
}
