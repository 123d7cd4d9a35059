import type { Command } from '../command.ts'
import { templateNames } from './template-names.ts'

/** `orchestrator init`. */
export const initCommand: Command = {
  name: 'init',
  load: async () => (await import('./carry-out.ts')).initRepository,
  about: 'look at this repository and write a first orchestration file and its workflow',
  usage: ['[--template NAME] [--runtime NAME] [--dry-run]'],
  maxOperands: 0,
  options: {
    template: { value: 'NAME', choices: templateNames, about: 'what to start with' },
    runtime: {
      value: 'NAME',
      short: 'r',
      choices: ['claude', 'codex', 'gemini'],
      about: 'the agent that works; default: the first that is on the PATH',
    },
    'dry-run': { about: 'print the files, write nothing' },
  },
  notes: [
    'Looks at lock files, languages, the command that runs the tests, the default branch and the agent CLIs on the PATH. Nothing that is there is overwritten. Nothing is asked of the network. `starter` and `review` write `.github/orchestrator.yml`; `nightly-audit` and `fix` have files of their own beside it. All are written at the root of the repository, from a folder below too.',
  ],
  examples: [
    ['orchestrator init', 'a review of each pull request, and its tests'],
    ['orchestrator init --template review', 'five specialists, and the verification of what they find'],
    ['orchestrator init --template fix --dry-run', 'see what it would be'],
    ['orchestrator run --simulate', 'then try it: no key, no cost'],
  ],
}
