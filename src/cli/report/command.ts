import type { Command } from '../command.ts'
import { runFormats } from './formats.ts'

/** `orchestrator report RUN_DIR`. */
export const reportCommand: Command = {
  name: 'report',
  load: async () => (await import('./carry-out.ts')).showRun,
  about: 'show an earlier run from its journal, even one that crashed',
  usage: ['[RUN_DIR] [--format FORMAT]'],
  maxOperands: 1,
  options: {
    format: { value: 'FORMAT', choices: Object.keys(runFormats), about: 'output format' },
  },
  notes: [
    'Without RUN_DIR, the newest run: .orchestrator/latest. The id of a run (`orchestrator runs`) works too. The exit code is that of this command, not of the run.',
  ],
  examples: [
    ['orchestrator report', 'the newest run, for a terminal'],
    ['orchestrator report RUN_DIR --format markdown', 'what CI shows'],
    ['orchestrator report --format json | jq .usage', 'its tokens'],
    ['orchestrator report --format findings', 'its findings, one per line, as compilers print them'],
  ],
}
