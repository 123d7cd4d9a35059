import type { Command } from '../command.ts'
import { runOptions } from '../run-options.ts'

/** `orchestrator once PROMPT` and `orchestrator once -- COMMAND…`. */
export const onceCommand: Command = {
  name: 'once',
  load: async () => (await import('./carry-out.ts')).runOnce,
  about: 'run one prompt or command, supervised and accounted for like any run',
  usage: ['[OPTIONS] PROMPT', '[OPTIONS] -- COMMAND…'],
  maxOperands: 1,
  takesCommand: true,
  options: {
    runtime: { value: 'NAME', short: 'r', about: 'the agent that answers the prompt; default claude' },
    model: { value: 'MODEL', short: 'm', about: 'the model it uses' },
    'max-turns': { value: 'N', about: 'at most N turns' },
    'allowed-tools': { value: 'TOOL', repeatable: true, about: 'a tool it may use' },
    'timeout-minutes': { value: 'N', about: 'end it after N minutes' },
    ...runOptions,
  },
  notes: [
    'The answer goes to standard output, progress to standard error. RULES may follow --simulate where PROMPT or COMMAND is given too.',
  ],
  examples: [
    ['orchestrator once "Explain this repository"', ''],
    ['orchestrator once --runtime codex "Fix the failing test"', 'with another agent'],
    ['orchestrator once --simulate rules.yml "Say hi"', 'no key needed: answers come from rules.yml'],
    ['orchestrator once --timeout-minutes 5 -- npm test', 'a command'],
  ],
}
