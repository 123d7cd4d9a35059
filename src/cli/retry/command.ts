import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { runOptions } from '../run-options.ts'

const { 'run-dir': _, 'dry-run': __, record: ___, simulate, ...others } = runOptions

/** `orchestrator retry [ID…]`. */
export const retryCommand: Command = {
  name: 'retry',
  load: async () => (await import('./carry-out.ts')).retryInstances,
  about: 'run again what failed in a run and what depends on it, in the same run',
  usage: ['[ID…] [--run RUN] [OPTIONS]', 'ID… --again [OPTIONS]'],
  maxOperands: Infinity,
  operandReplacedBy: 'simulate',
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
    again: { about: 'also run the named instances that succeeded' },
    'dry-run': { about: 'say what would run again, and run nothing' },
    input: inputOption,
    'max-parallel': { value: 'N', short: 'j', about: 'at most N instances at a time' },
    force: { about: 'with the file, inputs and commit as they are now' },
    salvage: { about: "from the undamaged parts of a damaged run's journal and texts" },
    simulate: { ...simulate, about: 'for a simulated run: its RULES, a YAML file of answers' },
    ...others,
  },
  notes: [
    'Without ID, runs everything that failed. The ID of a group, matrix or loop stands for what failed in it. What depends on it runs again even if it succeeded, because what it read changes; other failures stay as they are.',
    'The journal so far is kept beside the new one as `journal.1.ndjson`, and what was used stays counted. The word after --simulate is taken as RULES: write IDs first, or use --simulate=RULES.',
  ],
  examples: [
    ['orchestrator retry', 'everything that failed in the newest run'],
    ['orchestrator retry tests --dry-run', 'what would run again'],
    ['orchestrator retry review --again --run 1f0c2a9e', 'a new answer from an agent that succeeded'],
  ],
}
