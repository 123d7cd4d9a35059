import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { readLedger, type LedgerEntry } from '../../src/simulate/ledger.ts'
import { openProject, readRun, runDirectoryOf, skip, type Project } from './project.ts'

const golden = resolve(import.meta.dirname, '../golden/review-example')

/** Dollars per million tokens, the same for all: what the report says is held against the ledger at these. */
const rates = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 }

const file = `
name: review
include: builtin:review
inputs:
  model: { type: string, default: claude-sonnet-4-5 }
  second-model: { type: string, default: gpt-5.5 }
  verifier-model: { type: string, default: gpt-5.5 }
prices:
  claude-sonnet-4-5: &rates { input: ${rates.input}, output: ${rates.output}, cache-read: ${rates.cacheRead}, cache-write: ${rates.cacheWrite} }
  gpt-5.5: *rates
report:
  sarif: { file: review.sarif, upload: true }
instances:
  lint:
    needs: triage
    run: eslint --format json src
    parse: eslint
    continue-on-error: true
`

const eslintConfig = `export default [{ rules: { 'no-unused-vars': 'warn', 'no-eval': 'error' } }]\n`

const usersBefore = `export function page(users, at, size) {
  const start = (at - 1) * size
  return users.slice(start, start + size)
}

export function find(db, name) {
  return db.query('SELECT * FROM users WHERE name = ?', [name])
}
`
const usersAfter = `export function page(users, at, size) {
  const start = at * size
  return users.slice(start, start + size)
}

export function find(db, name) {
  const started = Date.now()
  return db.query("SELECT * FROM users WHERE name = '" + name + "'")
}

export function settings(text) {
  return eval('(' + text + ')')
}
`

interface Told {
  readonly line: number
  readonly quote: string
  readonly title: string
  readonly category: string
  readonly severity: string
  readonly suggestion?: string
}

const answer = (...told: readonly Told[]): string =>
  JSON.stringify({
    findings: told.map(({ quote, suggestion = null, ...each }) => ({
      path: 'src/users.js',
      endLine: null,
      side: 'right',
      evidence: quote,
      rule: null,
      body: `${each.title}, with input from outside.`,
      suggestion,
      confidence: 0.9,
      preExisting: false,
      ...each,
    })),
    'max-severity': told.length === 0 ? 'none' : 'high',
    summary: told.length === 0 ? 'Fine.' : 'Some.',
  })

const opinion = (verdict: string, quote: string): string =>
  JSON.stringify({
    verdict,
    reason: `The code shows it: ${verdict}.`,
    evidence: [{ path: 'src/users.js', line: 1, quote }],
  })

const query = 'return db.query("SELECT * FROM users WHERE name = \'" + name + "\'")'

const bound = "Bind it:\n\n```suggestion\n  return db.query('SELECT * FROM users WHERE name = ?', [name])\n```"

const rules = `
rules:
  - match: { instance: security, prompt: '+  return db.query' }
    reply: { json: ${answer(
      {
        line: 7,
        quote: query,
        title: 'SQL injection by the name',
        category: 'security',
        severity: 'critical',
        suggestion: bound,
      },
      {
        line: 12,
        quote: "return eval('(' + text + ')')",
        title: 'eval of text from outside runs any code',
        category: 'security',
        severity: 'high',
      },
    )} }
  - match: { instance: correctness, prompt: '+  const start' }
    reply: { json: ${answer(
      {
        line: 2,
        quote: 'const start = at * size',
        title: 'Pages are off by one: the first is skipped',
        category: 'correctness',
        severity: 'high',
      },
      { line: 8, quote: query, title: 'SQL injection through the user name', category: 'security', severity: 'high' },
    )} }
  - match: { instance: performance, prompt: '+  return db.query' }
    reply: { json: ${answer({ line: 8, quote: query, title: 'The query scans the whole table', category: 'performance', severity: 'medium' })} }
  - match: { instance: 'verify.*', prompt: SQL injection }
    reply: { json: ${opinion('confirmed', query)} }
  - match: { instance: 'verify.*', prompt: off by one }
    reply: { json: ${opinion('confirmed', 'const start = at * size')} }
  - match: { instance: 'verify.*', prompt: eval }
    reply: { json: ${opinion('confirmed', "return eval('(' + text + ')')")} }
  - match: { instance: 'verify.*', prompt: scans the whole table }
    reply: { json: ${opinion('refuted', 'export function find(db, name) {')} }
  - match: { instance: 'verify.*' }
    reply: { json: ${opinion('plausible', 'const started = Date.now()')} }
  - match: {}
    reply: { json: ${answer()} }
`

/** What differs from run to run, or with the version of a CLI: run ids, times, sizes of prompts and so costs. */
function settled(text: string): string {
  return text
    .replaceAll(/\b(?:\d+h )?(?:\d+ ?m(?:in)? )?\d+(?:\.\d+)? ?(?:ms|s)\b/g, 'TIME')
    .replaceAll(/\$\d[\d.,]*/g, '$COST')
    .replaceAll(/\b\d[\d.,]* tokens/g, 'N tokens')
    .replaceAll(/ \| (\*\*)?[\d,]+(?: \([\d,]+\))?\1 \| (\*\*)?[\d,]+\2 (?=\| \*{0,2}\$)/g, ' | N | N ')
    .replaceAll(/"(?:semanticVersion|version)": "\d+\.\d+\.\d+[^"]*"/g, (all) =>
      all.includes('"2.1.0"') ? all : '"semanticVersion": "VERSION"',
    )
    .replaceAll(/orchestrator v?\d+\.\d+\.\d+/g, 'orchestrator VERSION')
}

function holdAgainst(name: string, text: string): void {
  const path = join(golden, name)
  if (process.env['UPDATE_GOLDEN'] !== undefined) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, settled(text))
  }
  assert.equal(settled(text), readFileSync(path, 'utf8'), name)
}

/** One pull request, and all that its review leaves. */
async function review(change: Readonly<Record<string, string>>) {
  const project = await openProject(
    {
      '.github/orchestrator.yml': file,
      'rules.yml': rules,
      'eslint.config.js': eslintConfig,
      'package.json': '{ "type": "module" }\n',
      'README.md': 'Before.\n',
      'src/users.js': usersBefore,
    },
    change,
  )
  const { main } = await project.run({ simulate: 'rules.yml' })
  assert.equal(main.exitCode, 0, main.output)
  const directory = runDirectoryOf(main)
  const damage: string[] = []
  const ledger = readLedger(join(directory, 'simulation.ndjson'), (why) => damage.push(why))
  assert.deepEqual(damage, [])
  const report = readRun(directory) as unknown as RunJson
  return { project, main, ledger, report, asked: [...new Set(ledger.map(({ instance }) => instance))].toSorted() }
}

/** The requests by which the review was posted, as people read them. */
function posted({ github }: Project): string {
  const requests = github.requests.filter(({ method, url }) => method === 'POST' && /\/reviews/.test(url))
  return requests
    .map(({ body }) => JSON.parse(body) as { body: string; event: string; comments: { body: string }[] })
    .map(({ body, comments, ...rest }) => {
      const places = comments.map(({ body: said, ...place }) => `${JSON.stringify(place)}\n\n${withoutData(said)}`)
      return [JSON.stringify(rest), withoutData(body), ...places].join('\n\n------\n\n')
    })
    .join('\n\n======\n\n')
}

/** Marks hold hashes and encoded data: that they are there is enough here. */
function withoutData(text: string): string {
  return text.replaceAll(/<!-- (orchestrator[\w-]*)[^]*? -->/g, '<!-- $1 … -->')
}

function checkAccount(report: RunJson, ledger: readonly LedgerEntry[]): void {
  const sum = (of: (entry: LedgerEntry) => number): number => ledger.reduce((total, entry) => total + of(entry), 0)
  const served = {
    input: sum(({ usage }) => usage.input),
    cacheRead: sum(({ usage }) => usage.cacheRead),
    cacheWrite: sum(({ usage }) => usage.cacheWrite),
    output: sum(({ usage }) => usage.output),
  }
  const { usage } = report
  assert.deepEqual(
    { input: usage?.input, cacheRead: usage?.cacheRead, cacheWrite: usage?.cacheWrite, output: usage?.output },
    served,
  )
  const cost =
    (served.input * rates.input +
      served.output * rates.output +
      served.cacheRead * rates.cacheRead +
      served.cacheWrite * rates.cacheWrite) /
    1e6
  assert.ok(cost > 0)
  assert.ok(Math.abs((report.costUsd ?? 0) - cost) <= 0.0001, `${report.costUsd} of ${cost}`)
}

describe('the built-in review with a linter, end to end', { skip, timeout: 900_000 }, () => {
  describe('of a change of code', () => {
    let made: Awaited<ReturnType<typeof review>>
    before(async () => {
      made = await review({ 'src/users.js': usersAfter })
    })
    after(() => made.project.close())

    it('asks five specialists and one verifier about each finding', () => {
      const verified = made.report.findings.length + made.report.setAside.length
      assert.deepEqual(made.asked, [
        'correctness',
        'performance',
        'security',
        'style',
        'tests',
        ...Array.from({ length: verified }, (_, at) => `verify.${at + 1}`),
      ])
      assert.equal(verified, 5)
    })

    it('makes one finding of what specialists and the linter say of one problem', () => {
      assert.deepEqual(
        made.report.findings.map(({ line, agents, severity, state }) => [line, severity, state, agents.join()]),
        [
          [2, 'high', 'confirmed', 'correctness'],
          [7, 'medium', 'plausible', 'lint'],
          [8, 'critical', 'confirmed', 'correctness,security'],
          [12, 'high', 'confirmed', 'lint,security'],
        ],
      )
      assert.deepEqual(
        made.report.setAside.map(({ finding, why }) => [finding.title, why.kind]),
        [['The query scans the whole table', 'refuted']],
      )
    })

    it('posts the review, writes the comment and uploads the SARIF', () => {
      const { project } = made
      holdAgainst('code/review.md', posted(project))
      assert.equal(project.github.comments.length, 1)
      holdAgainst('code/comment.md', withoutData(project.github.comments[0]?.body ?? ''))
      const sarif = readFileSync(join(project.repository.checkout, 'review.sarif'), 'utf8')
      holdAgainst('code/review.sarif', sarif)
      assert.deepEqual(project.github.sarifs, [JSON.parse(sarif)])
      assert.deepEqual(project.github.violations, [])
    })

    it('says the tokens and the cost that were served', () => checkAccount(made.report, made.ledger))
  })

  describe('of a change of documentation', () => {
    let made: Awaited<ReturnType<typeof review>>
    before(async () => {
      made = await review({ 'README.md': 'After.\n' })
    })
    after(() => made.project.close())

    it('asks one specialist, starts no linter, and has nothing to say', () => {
      assert.deepEqual(made.asked, ['style'])
      assert.equal(made.main.outputs['verdict'], 'clean')
      assert.deepEqual(made.project.github.reviews, [])
      holdAgainst('docs/comment.md', withoutData(made.project.github.comments[0]?.body ?? ''))
      holdAgainst('docs/review.sarif', readFileSync(join(made.project.repository.checkout, 'review.sarif'), 'utf8'))
    })

    it('says the tokens and the cost that were served', () => checkAccount(made.report, made.ledger))
  })
})
