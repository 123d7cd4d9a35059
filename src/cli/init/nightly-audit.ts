import { stepsOf } from './starter.ts'
import type { Template } from './template.ts'

const name = 'nightly-audit'

/** Four audits of the whole repository each night, verified, and one issue about them; all by the one agent that is chosen. */
export const nightlyAudit: Template = {
  name,
  needs: 'output-schema',
  does: 'audits the repository each night, verifies what is found, and keeps one issue about it up to date',
  orchestration: (_survey, { runtime }) => {
    const input = { type: 'string', default: runtime }
    return {
      value: {
        name,
        include: 'builtin:nightly-audit',
        inputs: { runtime: input, 'second-runtime': { ...input }, verifier: { ...input } },
        defaults: { 'timeout-minutes': 30 },
        limits: { 'timeout-minutes': 100 },
        budget: { tokens: 5_000_000, 'on-exceeded': 'stop', reserve: { issue: { tokens: 200_000 } } },
      },
      header: 'What is audited each night. `orchestrator plan` shows it.',
      comments: [
        { path: ['include'], text: 'An instance of the same id here takes the place of one in it.' },
        { path: ['inputs', 'second-runtime'], text: 'Runs two of the audits: another vendor finds other things.' },
      ],
    }
  },
  workflow: (survey, agent) => ({
    value: {
      name: 'Nightly audit',
      on: { schedule: [{ cron: '17 3 * * *' }], workflow_dispatch: {} },
      permissions: { contents: 'read', issues: 'write' },
      concurrency: { group: name },
      jobs: {
        audit: {
          'runs-on': 'ubuntu-latest',
          'timeout-minutes': 120,
          steps: stepsOf({ ...survey, test: undefined }, agent, `.github/${name}.orchestrator.yml`),
        },
      },
    },
    header: `Runs .github/${name}.orchestrator.yml each night. It needs the secret ${agent.key}: gh secret set ${agent.key}`,
    comments: [
      { path: ['jobs', 'audit', 'steps', 0], text: 'v5.0.0' },
      {
        path: ['jobs', 'audit', 'steps', 1],
        text: 'Put the commit of the release here that you have looked at.',
      },
    ],
  }),
}
