import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { runOptions } from '../run-options.ts'

/** `orchestrator run FILE`. */
export const runCommand: Command = {
  name: 'run',
  load: async () => (await import(/* webpackChunkName: "work" */ './carry-out.ts')).runFile,
  about: 'run an orchestration file',
  usage: ['[FILE] [OPTIONS]', '--resume RUN [--force] [--salvage]'],
  maxOperands: 1,
  operandReplacedBy: 'resume',
  options: {
    input: inputOption,
    only: {
      value: 'ID',
      repeatable: true,
      about: 'run only this instance and what it needs; several are separated by commas',
    },
    shard: { value: 'NAME', about: 'run exactly what --only names, as one shard of the file' },
    fragments: {
      value: 'DIR',
      about: 'with --shard: the run directories of other shards, to take upstream results from',
    },
    budget: { value: 'SHARE', about: 'with --shard: its share of the budget, such as tokens=20000,cost-usd=1.5' },
    'max-parallel': { value: 'N', short: 'j', about: 'at most N instances at a time' },
    event: { value: 'FILE', about: 'the payload of an event, as JSON: what `github.event` is' },
    base: {
      value: 'REF',
      about: 'compare with this branch or commit to tell what changed; default: the default branch',
    },
    ...runOptions,
    'no-cache': { about: 'neither use nor store outcomes of instances that have a `cache`' },
    resume: { value: 'RUN', about: 'resume an earlier run, a directory or an id, skipping what succeeded' },
    force: { about: 'resume with the file, inputs and commit as they are now' },
    salvage: { about: 'resume a damaged run from the undamaged parts of its journal and texts' },
  },
  notes: [
    'RULES may follow --simulate if FILE or --resume is given too; --simulate=RULES works anywhere. Pass its RULES again when resuming a simulated run.',
    'Without FILE, .github/orchestrator.yml or orchestrator.yml is run. Ctrl-C stops the run gracefully, runs its cleanup and still reports; a second Ctrl-C kills it, as Ctrl-\\ does at once.',
  ],
  examples: [
    ['orchestrator run ci.yml --input base=main', 'with an input'],
    ['orchestrator run ci.yml --only tests', 'one instance and what it needs'],
    ['orchestrator run ci.yml --simulate rules.yml', 'no key needed: answers come from rules.yml'],
    ['orchestrator run --resume .orchestrator/latest', 'resume after a crash or a failure'],
  ],
}
