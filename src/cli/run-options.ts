import type { Option } from './command.ts'

/** Options that `run` and `once` share. */
export const runOptions: Readonly<Record<string, Option>> = {
  'run-dir': { value: 'DIR', about: 'put the run directory there, not in .orchestrator/<start>-<id>' },
  simulate: {
    value: 'RULES',
    valueIsOptional: true,
    about: 'run the real agent CLIs against an embedded model: no key, no cost; RULES is a YAML file of answers',
  },
  json: { about: 'print run.json to standard output at the end, progress to standard error' },
  quiet: { short: 'q', about: 'no progress, only failures and the result' },
}
