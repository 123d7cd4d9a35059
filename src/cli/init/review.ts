import { starter } from './starter.ts'
import type { Template } from './template.ts'

/** Five specialists and the verification of what they find, by the built-in review; all by the one agent that is chosen. */
export const review: Template = {
  name: 'orchestrator',
  needs: 'output-schema',
  does: 'has five specialists review each pull request, and verifies what they find',
  orchestration: (_survey, { runtime }) => {
    const input = { type: 'string', default: runtime }
    return {
      value: {
        name: 'review',
        include: 'builtin:review',
        inputs: { runtime: input, 'second-runtime': { ...input }, verifier: { ...input } },
        defaults: { 'timeout-minutes': 10 },
        budget: { tokens: 4_000_000, 'on-exceeded': 'stop' },
      },
      header:
        'What runs, in which order, under which conditions. `orchestrator plan` shows it, `orchestrator run --simulate` tries it without a key.',
      comments: [
        { path: ['include'], text: 'An instance of the same id here takes the place of one in it.' },
        { path: ['inputs', 'second-runtime'], text: 'Runs two of the specialists: another vendor finds other things.' },
      ],
    }
  },
  workflow: starter.workflow,
}
