import { checkoutStep } from '../checkout-step.ts'
import type { Survey } from './survey.ts'
import type { ChosenAgent, Template } from './template.ts'

/** One reviewer of each pull request, and the tests of the repository if it has some. */
export const starter: Template = {
  name: 'orchestrator',
  does: 'reviews each pull request and, where there are tests, runs them',
  orchestration: ({ test, languages }, { runtime, supports }) => ({
    value: {
      name: 'review',
      defaults: { ...(runtime !== 'claude' && { runtime }), 'timeout-minutes': 10, safety: 'read-only' },
      budget: { tokens: 1_000_000, 'on-exceeded': 'stop' },
      instances: {
        ...(test !== undefined && { tests: { run: test, 'timeout-minutes': 20 } }),
        review: {
          prompt: `Review the attached changes${languages.length === 0 ? '' : ` of a repository in ${languages.join(' and ')}`}: mistakes that somebody would notice, and tests that are missing.`,
          attach: ['changes'],
          ...(supports.has('output-schema') && { 'output-schema': 'findings' }),
        },
      },
      ...(supports.has('output-schema') && { report: { verdict: { severity: 'medium' } } }),
    },
    header:
      'What runs, in which order, under which conditions. `orchestrator plan` shows it, `orchestrator run --simulate` tries it without a key.',
    comments: [
      {
        path: ['instances', 'review', 'attach'],
        text: 'What the pull request changes; at a desk, what this branch does.',
      },
      { path: ['report', 'verdict'], text: 'Less severe findings leave the verdict clean.' },
    ],
  }),
  workflow: (survey, agent) => ({
    value: {
      name: 'Review',
      on: { pull_request: { branches: [survey.defaultBranch] } },
      permissions: { contents: 'read', 'pull-requests': 'write' },
      concurrency: { group: 'review-${{ github.event.pull_request.number }}', 'cancel-in-progress': true },
      jobs: { review: { 'runs-on': 'ubuntu-latest', 'timeout-minutes': 40, steps: stepsOf(survey, agent) } },
    },
    header: `Runs .github/orchestrator.yml on each pull request. It needs the secret ${agent.key}: gh secret set ${agent.key}`,
    comments: [
      { path: ['jobs', 'review', 'steps', 0], text: 'v5.0.0' },
      {
        path: ['jobs', 'review', 'steps', 1 + setupOf(survey).length],
        text: 'Put the commit of the release here that you have looked at.',
      },
    ],
  }),
}

/** The steps of a job: what the tests need, where there are any, and the run of a file; of the default one unless another is named. */
export function stepsOf(survey: Survey, { runtime, version, key }: ChosenAgent, config?: string): object[] {
  return [
    checkoutStep,
    ...setupOf(survey),
    {
      uses: 'org/orchestrator-action@v1',
      with: { ...(config !== undefined && { config }), install: `${runtime}@${version}` },
      env: { [key]: `\${{ secrets.${key} }}` },
    },
  ]
}

/** What has to be on the runner before the tests run. */
function setupOf({ test, setup }: Survey): readonly object[] {
  return test === undefined ? [] : setup
}
