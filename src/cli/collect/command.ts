import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'

/** `orchestrator collect FILE`. */
export const collectCommand: Command = {
  name: 'collect',
  load: async () => (await import('./carry-out.ts')).collectShards,
  about: 'make one run of the shards that `run --shard` ran',
  usage: ['[FILE] --fragments DIR [OPTIONS]'],
  maxOperands: 1,
  options: {
    fragments: { value: 'DIR', about: 'the run directories of the shards' },
    input: inputOption,
    only: { value: 'ID', repeatable: true, about: 'what the shards were to run, with what it needs' },
    event: { value: 'FILE', about: 'the payload of an event, as JSON: what `github.event` is' },
    base: { value: 'REF', about: 'what changed is told against this branch or commit; default: the default branch' },
    'run-dir': { value: 'DIR', about: 'put the run directory there, not in .orchestrator/<start>-<id>' },
    simulate: { about: 'collect shards that were simulated' },
    json: { about: 'print run.json to standard output at the end, progress to standard error' },
    quiet: { short: 'q', about: 'no progress, only failures and the result' },
  },
  notes: [
    'Nothing is run. What no shard left a result of has failed. The report is the same whenever, and in whatever order, the same shards are collected.',
    'Where DIR has a file shards.json, as `orchestrator plan --format shards` writes it, shards that are missing are named.',
  ],
  examples: [
    ['orchestrator plan ci.yml --format shards --shard-by 2 > parts/shards.json', 'split a file'],
    ['orchestrator run ci.yml --shard 1 --only lint,tests --fragments parts --run-dir parts/1', 'run one part of it'],
    ['orchestrator collect ci.yml --fragments parts', 'one report of all parts'],
  ],
}
