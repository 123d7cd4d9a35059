import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, skip, type Project } from './project.ts'

const lines = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, at) => `${change[at + 1] ?? `line ${at + 1}`}\n`).join('')

const finding = (more: object): object => ({
  path: 'src/a.ts',
  line: 10,
  endLine: null,
  severity: 'high',
  category: 'security',
  title: 'A problem',
  body: 'Because.',
  suggestion: null,
  confidence: 0.9,
  evidence: null,
  rule: null,
  preExisting: null,
  ...more,
})

const found = {
  findings: [finding({ suggestion: '```suggestion\nsafe\n```' }), finding({ line: 30, title: 'Outside of the diff' })],
  'max-severity': 'high',
  summary: 'Two problems.',
}
const nothing = { findings: [], 'max-severity': 'none', summary: 'Fine.' }

const file = `
name: review
inputs:
  clean: { type: boolean, default: false }
report:
  review: { verdict: request-changes }
instances:
  docs: { run: npm run docs, paths: [docs/**] }
  security:
    prompt: "Review. \${{ inputs.clean }}"
    attach: [changes]
    output-schema: findings
`

const rules = `
rules:
  - match: { instance: security, prompt: 'Review. true' }
    reply: { json: ${JSON.stringify(nothing)} }
  - match: { instance: security, prompt: '+risky' }
    reply: { json: ${JSON.stringify(found)} }
`

describe('a review of a pull request, from a shallow checkout', { skip }, () => {
  let project: Project
  let steps: Stage[]
  before(async () => {
    project = await openProject(
      { '.github/orchestrator.yml': file, 'rules.yml': rules, 'src/a.ts': lines(60) },
      { 'src/a.ts': lines(60, { 10: 'risky' }) },
    )
    const run = async (attempt: string, inputs = ''): Promise<Stage> =>
      (await project.run({ simulate: 'rules.yml', inputs }, { environment: { GITHUB_RUN_ATTEMPT: attempt } })).main
    steps = [await run('1'), await run('2'), await run('3', 'clean: true')]
  })
  after(() => project.close())

  it('is posted once, with its comment where the diff has the line', () => {
    for (const step of steps) assert.equal(step.exitCode, 0, step.output)
    assert.equal(project.github.reviews.length, 1)
    const [review] = project.github.reviews
    assert.equal(review?.commit, project.repository.headSha)
    assert.deepEqual(
      review.comments.map(({ path, line }) => [path, line]),
      [['src/a.ts', 10]],
    )
    assert.match(review.comments[0]?.body ?? '', /^```suggestion\nsafe\n```$/m)
    assert.match(review.body, /<code>src\/a\.ts<\/code> \(1\)[^]*Outside of the diff/)
    assert.deepEqual(project.github.violations, [])
  })

  it('requested changes, and took that back when the last run was clean', () => {
    assert.equal(project.github.reviews[0]?.state, 'DISMISSED')
    assert.deepEqual(
      steps.map(({ outputs }) => outputs['verdict']),
      ['findings', 'findings', 'clean'],
    )
    assert.equal(steps[2]?.outputs['verdict-reason'], '1 reviewer looked and found nothing')
  })

  it('knows that nothing of the documentation changed', () => {
    assert.match(steps[0]?.summary ?? '', /docs[^]*paths/)
  })
})
