import type { Command } from '../command.ts'
import { templateNames } from './template-names.ts'

/** `orchestrator init`. */
export const initCommand: Command = {
  name: 'init',
  load: async () => (await import('./carry-out.ts')).initRepository,
  about: 'write a first orchestration file and workflow for this repository',
  usage: ['[--template NAME] [--runtime NAME] [--dry-run]'],
  maxOperands: 0,
  options: {
    template: { value: 'NAME', choices: templateNames, about: 'what to start with' },
    runtime: {
      value: 'NAME',
      short: 'r',
      choices: ['claude', 'codex', 'gemini'],
      about: 'the agent to use; default: the first one on the PATH',
    },
    'dry-run': { about: 'print the files without writing them' },
  },
  notes: [
    'Looks at lock files, languages, the command that runs the tests, the default branch and the agent CLIs on the PATH. Existing files are never overwritten, and the network is not used. `starter` and `review` write `.github/orchestrator.yml`; `nightly-audit` and `fix` have files of their own beside it. All are written at the root of the repository, even when called from a subfolder.',
  ],
  examples: [
    ['orchestrator init', 'review each pull request and run its tests'],
    ['orchestrator init --template review', 'five specialists, with each finding verified'],
    ['orchestrator init --template fix --dry-run', 'see what it would be'],
    ['orchestrator run --simulate', 'then try it, with no key and at no cost'],
  ],
}
