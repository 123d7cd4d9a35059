import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { planFormats } from './formats.ts'

/** `orchestrator plan FILE`. */
export const planCommand: Command = {
  name: 'plan',
  load: async () => (await import('./carry-out.ts')).showPlan,
  about: 'show what a file would run, in which order and under which conditions',
  usage: ['[FILE] [--input k=v] [--format FORMAT]', '[FILE] [--input k=v] --explain ID'],
  maxOperands: 1,
  options: {
    input: inputOption,
    format: { value: 'FORMAT', choices: Object.keys(planFormats), about: 'output format' },
    'shard-by': {
      value: 'HOW',
      about: 'with --format shards: level, runtime, label, instance, or N for N shards of each level',
    },
    'max-shards': { value: 'N', about: 'with --format shards: at most N shards; default: 256' },
    'max-levels': { value: 'N', about: 'with --format shards: at most N levels, one after another' },
    explain: { value: 'ID', about: 'explain when this instance will run' },
  },
  examples: [
    ['orchestrator plan', 'levels, critical path, conditional edges, command lines'],
    ['orchestrator plan ci.yml --explain deploy', 'why and when'],
    ['orchestrator plan ci.yml --format shards --shard-by 4', 'matrices of jobs, as GitHub takes them'],
    ['orchestrator plan ci.yml --format dot | dot -Tsvg > plan.svg', ''],
  ],
}
