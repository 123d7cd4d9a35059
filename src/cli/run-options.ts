import type { Option } from './command.ts'

/** Options that `run` and `once` share. */
export const runOptions: Readonly<Record<string, Option>> = {
  'run-dir': { value: 'DIR', about: 'put the run directory there instead of .orchestrator/<start>-<id>' },
  simulate: {
    value: 'RULES',
    valueIsOptional: true,
    about: 'run the real agent CLIs against an embedded model: no key, no cost; RULES is a YAML file of answers',
  },
  record: { value: 'FILE', about: "record the models' answers there, as RULES that replay them" },
  'dry-run': { about: 'check everything and show what would run, but run nothing' },
  json: { about: 'print run.json to standard output at the end, progress to standard error' },
  verbose: {
    short: 'v',
    about: "also print the instances' output while they run, each line prefixed by its id; agents as readable turns",
  },
  quiet: { short: 'q', about: 'no progress, only failures and the result' },
}
