import { stepsOf } from './starter.ts'
import type { Survey } from './survey.ts'
import type { Template } from './template.ts'

/** What makes a fresh checkout ready for the tests, as a worktree is one: commands, and actions that make the runner ready. */
function preparationOf({ test, setup }: Survey): { readonly commands: string; readonly actions: readonly object[] } {
  const steps = test === undefined ? [] : setup
  const commands = steps.flatMap((step) => ('run' in step && typeof step.run === 'string' ? [step.run] : []))
  return { commands: commands.join(' && '), actions: steps.filter((step) => !('run' in step)) }
}

/** The tests, an agent that fixes what they find in a worktree, and a pull request. */
export const fix: Template = {
  name: 'fix',
  does: 'runs the tests when it is started by hand; where they fail an agent fixes the code in a worktree, and a pull request is opened once they pass',
  orchestration: (survey, { runtime }) => ({
    value: {
      name: 'fix',
      include: 'builtin:fix',
      inputs: {
        runtime: { type: 'string', default: runtime },
        ...(preparationOf(survey).commands !== '' && {
          setup: { type: 'string', default: preparationOf(survey).commands },
        }),
        test: { type: 'string', default: survey.test ?? 'make test' },
      },
      defaults: { 'timeout-minutes': 20 },
      budget: { tokens: 4_000_000, 'on-exceeded': 'stop' },
    },
    header: 'What runs, in which order, under which conditions. `orchestrator plan` shows it.',
    comments: [
      {
        path: ['inputs', 'test'],
        text:
          survey.test === undefined
            ? 'No tests were found here: put the command that runs them.'
            : 'What has to pass. `setup` makes a fresh checkout ready for it.',
      },
    ],
  }),
  workflow: (survey, agent) => {
    const { actions } = preparationOf(survey)
    return {
      value: {
        name: 'Fix the tests',
        on: { workflow_dispatch: {} },
        permissions: { contents: 'write', 'pull-requests': 'write' },
        concurrency: { group: 'fix-the-tests' },
        jobs: {
          fix: {
            'runs-on': 'ubuntu-latest',
            'timeout-minutes': 90,
            steps: stepsOf({ ...survey, setup: actions }, agent, '.github/fix.orchestrator.yml'),
          },
        },
      },
      header: `Runs .github/fix.orchestrator.yml by hand. It needs the secret ${agent.key}: gh secret set ${agent.key}; and the setting that lets Actions open pull requests.`,
      comments: [
        { path: ['jobs', 'fix', 'steps', 0], text: 'v5.0.0' },
        {
          path: ['jobs', 'fix', 'steps', 1 + actions.length],
          text: 'Put the commit of the release here that you have looked at.',
        },
      ],
    }
  },
}
