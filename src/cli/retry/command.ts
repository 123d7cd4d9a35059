import type { Command } from '../command.ts'
import { inputOption } from '../given-inputs.ts'
import { runOptions } from '../run-options.ts'

const { 'run-dir': _, 'dry-run': __, record: ___, simulate, ...others } = runOptions

/** `orchestrator retry [ID…]`. */
export const retryCommand: Command = {
  name: 'retry',
  load: async () => (await import('./carry-out.ts')).retryInstances,
  about: 'run again what failed in a run and what needs it, in the same run',
  usage: ['[ID…] [--run RUN] [OPTIONS]', 'ID… --again [OPTIONS]'],
  maxOperands: Infinity,
  operandReplacedBy: 'simulate',
  options: {
    run: { value: 'RUN', about: 'a run directory or the id of a run; default: the newest' },
    again: { about: 'also run what is named here and succeeded' },
    'dry-run': { about: 'say what would run again, and run nothing' },
    input: inputOption,
    'max-parallel': { value: 'N', short: 'j', about: 'at most N instances at a time' },
    force: { about: 'with the file, inputs and commit as they are now' },
    salvage: { about: 'from what is whole of the journal and texts of a damaged run' },
    simulate: { ...simulate, about: 'of a simulated run: its RULES, a YAML file of answers' },
    ...others,
  },
  notes: [
    'Without ID, all that failed. The ID of a group, matrix or loop means what failed in it. What needs it runs again even if it succeeded, because what it read changes; every other failure stays as it is.',
    'The journal so far is kept beside the new one as `journal.1.ndjson`, and what was used stays counted. RULES that follow --simulate are taken from what comes next: write IDs first, or --simulate=RULES.',
  ],
  examples: [
    ['orchestrator retry', 'all that failed in the newest run'],
    ['orchestrator retry tests --dry-run', 'what would run again'],
    ['orchestrator retry review --again --run 1f0c2a9e', 'another answer of an agent that succeeded'],
  ],
}
