import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, runDirectoryOf, skip, type Project } from './project.ts'

const lines = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, at) => `${change[at + 1] ?? `line ${at + 1}`}\n`).join('')

const finding = (more: object): object => ({
  path: 'src/a.ts',
  line: 10,
  endLine: null,
  side: 'right',
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
  review: { verdict: request-changes, scope: changed }
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
  const states: string[] = []
  before(async () => {
    project = await openProject(
      { '.github/orchestrator.yml': file, 'rules.yml': rules, 'src/a.ts': lines(60) },
      { 'src/a.ts': lines(60, { 10: 'risky' }) },
    )
    const run = async (attempt: string, inputs = ''): Promise<Stage> =>
      (await project.run({ simulate: 'rules.yml', inputs }, { environment: { GITHUB_RUN_ATTEMPT: attempt } })).main
    steps = [await run('1'), await run('2')]
    project.push({ 'src/a.ts': lines(60, { 1: 'above\nof it', 10: 'risky' }) })
    steps.push(await run('3'))
    states.push(...project.github.reviews.map(({ state }) => state))
    project.push({ 'src/a.ts': lines(60, { 1: 'above\nof it', 10: 'mended', 30: 'mended' }) })
    steps.push(await run('4', 'clean: true'))
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

  it('requested changes, and took that back when they were made', () => {
    assert.deepEqual(states, ['CHANGES_REQUESTED'])
    assert.equal(project.github.reviews[0]?.state, 'DISMISSED')
    assert.deepEqual(
      steps.map(({ outputs }) => outputs['verdict']),
      ['findings', 'findings', 'findings', 'clean'],
    )
    assert.equal(steps[3]?.outputs['verdict-reason'], '1 reviewer looked and found nothing')
    const [comment] = project.github.reviews[0]?.comments ?? []
    assert.ok(comment)
    assert.equal(project.github.threadOf(comment).resolvedBy?.login, 'github-actions[bot]')
  })

  it('looked again at what had changed alone, and where nothing had, did not start an agent', () => {
    assert.match(steps[1]?.output ?? '', /– security skipped paths: nothing changed since the review of \w{8}$/m)
    assert.match(steps[1]?.summary ?? '', /success \(nothing changed since the review of \w{8}\)/)
    assert.equal(steps[1]?.outputs['verdict-reason'], '2 findings, the worst high')
    assert.match(steps[2]?.summary ?? '', /given what changed since the review of \w{8}: 1 of 1 files/)
    assert.equal(project.github.comments.length, 1)
    assert.match(
      project.github.comments[0]?.body ?? '',
      /^<!-- orchestrator:[^\n]+\n<!-- orchestrator-review [\w-]+ -->\n/,
    )
  })

  it('knows that nothing of the documentation changed', () => {
    assert.match(steps[0]?.summary ?? '', /docs[^]*paths/)
  })
})

describe('a review of lines that are not in the diff any more', { skip }, () => {
  it('is posted without comments on them, and says what they were about: 422', async () => {
    const project = await openProject(
      { '.github/orchestrator.yml': file, 'rules.yml': rules, 'src/a.ts': lines(60) },
      { 'src/a.ts': lines(60, { 10: 'risky' }) },
    )
    try {
      // What was proposed has come to the base meanwhile: GitHub's diff is empty, ours was not.
      project.github.move({ baseSha: project.repository.headSha })
      const { main } = await project.run({ simulate: 'rules.yml' })
      assert.equal(main.exitCode, 0, main.output)
      const refused = project.github.requests.filter(({ url, status }) => url.endsWith('/reviews') && status === 422)
      assert.notEqual(refused.length, 0)
      assert.equal(project.github.reviews.length, 1)
      const [review] = project.github.reviews
      assert.deepEqual(review?.comments, [])
      assert.match(review?.body ?? '', /A problem[^]*Outside of the diff|Outside of the diff[^]*A problem/)
      const journal = readFileSync(join(runDirectoryOf(main), 'journal.ndjson'), 'utf8')
      assert.match(journal, /GitHub refused comments on src\/a\.ts:10/)
    } finally {
      await project.close()
    }
  })
})
