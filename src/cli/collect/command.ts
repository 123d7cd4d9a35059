import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'

/** `orchestrator collect FILE`. */
export const collectCommand: Command = {
  name: 'collect',
  load: async () => (await import('./carry-out.ts')).collectShards,
  about: 'merge the shards that `run --shard` ran into one run',
  usage: ['[FILE] --fragments DIR [OPTIONS]'],
  maxOperands: 1,
  options: {
    fragments: { value: 'DIR', about: 'the run directories of the shards' },
    input: inputOption,
    only: { value: 'ID', repeatable: true, about: 'what the shards were asked to run, with what it needs' },
    event: { value: 'FILE', about: 'the payload of an event, as JSON: what `github.event` is' },
    base: {
      value: 'REF',
      about: 'compare with this branch or commit to tell what changed; default: the default branch',
    },
    'run-dir': { value: 'DIR', about: 'put the run directory there instead of .orchestrator/<start>-<id>' },
    simulate: { about: 'collect shards that were simulated' },
    json: { about: 'print run.json to standard output at the end, progress to standard error' },
    quiet: { short: 'q', about: 'no progress, only failures and the result' },
  },
  notes: [
    'Nothing is run. An instance without a result from any shard has failed. The report is the same whenever, and in whatever order, the same shards are collected.',
    'If DIR contains shards.json, as written by `orchestrator plan --format shards`, missing shards are named.',
  ],
  examples: [
    ['orchestrator plan ci.yml --format shards --shard-by 2 > parts/shards.json', 'split a file'],
    ['orchestrator run ci.yml --shard 1 --only lint,tests --fragments parts --run-dir parts/1', 'run one part of it'],
    ['orchestrator collect ci.yml --fragments parts', 'one report of all parts'],
  ],
}
