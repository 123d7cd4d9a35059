import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, run } from '../cli/command-line.ts'

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

const finding = (line: number, severity: string, title: string): object => ({
  path: 'src/users.js',
  line,
  endLine: null,
  side: 'right',
  evidence: null,
  severity,
  category: 'correctness',
  rule: null,
  title,
  body: `What is wrong in line ${line}.`,
  suggestion: null,
  confidence: null,
  preExisting: null,
})

const answer = (...findings: readonly object[]): string =>
  JSON.stringify({ findings, 'max-severity': 'high', summary: 'Some.' })

const opinion = (verdict: string, quote?: string): string =>
  JSON.stringify({
    verdict,
    reason: `It is ${verdict}.`,
    evidence: quote === undefined ? [] : [{ path: 'src/users.js', line: 1, quote }],
  })

const rules = `
rules:
  - match: { instance: claude }
    reply: { json: ${answer(finding(2, 'high', 'Division by zero'), finding(30, 'medium', 'Stale cache entry'), finding(50, 'critical', 'Race between writers'), finding(70, 'low', 'Typo in a comment'))} }
  - match: { instance: codex }
    reply: { json: ${answer(finding(3, 'high', 'Division by zero when there are no users'))} }
  - match: { instance: 'verify.*', prompt: 'Division by zero' }
    reply: { json: ${opinion('confirmed', 'line 2;')} }
  - match: { instance: 'verify.*', prompt: 'Stale cache' }
    reply: { json: ${opinion('refuted', '  line  29;')} }
  - match: { instance: 'verify.*', prompt: 'Race between' }
    reply: { json: ${opinion('refuted', 'no such line anywhere')} }
`

const file = (more: string): string => `
name: review
review: { verify: { runtime: claude, max: 3 } }
report: { sarif: out.sarif${more} }
instances:
  claude: { prompt: Review., output-schema: findings }
  codex: { runtime: codex, prompt: Review., output-schema: findings }
`

const source = Array.from({ length: 80 }, (_, at) => `line ${at + 1};\n`).join('')
const readReport = (path: string): RunJson => JSON.parse(readFileSync(join(path, 'run/run.json'), 'utf8'))

describe('findings are verified by real agents', () => {
  it('each by one that sees the finding, up to the limit, and what it refutes with code counts no more', async () => {
    using place = createPlace({
      'ci.yml': file(', fail-on: { severity: medium, state: confirmed }'),
      'rules.yml': rules,
      'src/users.js': source,
    })
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run']
    const { code, out, err } = await run(place.path, args, env)
    assert.equal(code, 1, out + err)
    const report = readReport(place.path)
    assert.deepEqual(
      report.findings.map(({ line, state, votes = [] }) => [line, state, votes.map(({ by }) => by)]),
      [
        [2, 'confirmed', ['verify.2']],
        [50, 'plausible', ['verify.1']],
        [70, 'unverified', []],
      ],
    )
    assert.match(
      report.findings[1]?.votes?.[0]?.reason ?? '',
      /not taken as refuted: what it quotes is not in the files/,
    )
    assert.deepEqual(
      report.setAside.map(({ finding: { line, votes = [] }, why }) => [line, why, votes[0]?.evidence]),
      [[30, { kind: 'refuted', detail: 'It is refuted.' }, [{ path: 'src/users.js', line: 29, quote: '  line  29;' }]]],
    )
    assert.match(report.reason, /report\.fail-on: high finding "Division by zero" \(src\/users\.js:2\)$/)
    assert.equal(report.verdict?.reason, '3 findings, the worst critical')
    const summary = readFileSync(join(place.path, 'run/summary.md'), 'utf8')
    assert.match(summary, /<summary>1 finding does not count: 1 refuted by verification<\/summary>/)
    assert.match(summary, /unverified: src\/users\.js:70 Typo in a comment/)
    const sarif = JSON.parse(readFileSync(join(place.path, 'out.sarif'), 'utf8'))
    assert.equal(sarif.runs[0].results.length, 3, 'what was refuted is no result')
    const verifiers = report.instances.filter(({ id }) => id.startsWith('verify.'))
    assert.equal(verifiers.length, 3)
    assert.ok(
      verifiers.every(({ usage }) => (usage?.input ?? 0) > 0),
      'they are accounted',
    )
  })

  it('after a kill only what was not verified yet', async () => {
    using place = createPlace({ 'ci.yml': file(''), 'rules.yml': rules, 'src/users.js': source })
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run', '--max-parallel', '1']
    assert.equal((await run(place.path, args, env)).code, 0)
    const journal = join(place.path, 'run/journal.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    const first = lines.findIndex((line) => line.includes('"type":"instance.ended"') && line.includes('"verify.1"'))
    writeFileSync(journal, `${lines.slice(0, first + 1).join('\n')}\n`)
    const resumed = await run(place.path, ['run', 'ci.yml', '--simulate', 'rules.yml', '--resume', 'run'], env)
    assert.equal(resumed.code, 0, resumed.out + resumed.err)
    const starts = readFileSync(journal, 'utf8').match(/"type":"attempt\.started","id":"[^"]+"/g) ?? []
    assert.deepEqual(starts.map((start) => /"id":"(.*)"/.exec(start)?.[1] ?? '').toSorted(), [
      'claude',
      'codex',
      'verify.1',
      'verify.2',
      'verify.3',
    ])
    assert.deepEqual(
      readReport(place.path).findings.map(({ state }) => state),
      ['confirmed', 'plausible', 'unverified'],
    )
  })

  it('by a majority of votes, and within the budget', async () => {
    const votes = `
rules:
  - match: { instance: claude }
    reply: { json: ${answer(finding(2, 'high', 'Division by zero'))} }
  - match: { instance: 'verify.*' }
    times: 2
    reply: { json: ${opinion('refuted', 'line 2;')} }
  - match: { instance: 'verify.*' }
    reply: { json: ${opinion('confirmed')} }
`
    const text = (more: string): string => `
name: review
review: { verify: { votes: 3${more} } }
instances:
  claude: { prompt: Review., output-schema: findings }
`
    using place = createPlace({ 'ci.yml': text(''), 'rules.yml': votes, 'src/users.js': source })
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run', '--max-parallel', '1']
    await run(place.path, args, env)
    const { findings, setAside, verdict } = readReport(place.path)
    assert.deepEqual([findings.length, setAside[0]?.finding.votes?.length], [0, 3])
    assert.deepEqual(verdict, {
      verdict: 'clean',
      reason: '1 reviewer looked and found nothing that counts, 1 finding aside',
    })
    writeFileSync(join(place.path, 'ci.yml'), `${text('')}budget: { tokens: 1 }\n`)
    const poor = await run(place.path, [...args.slice(0, 4), '--run-dir', 'poor', '--max-parallel', '1'], env)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'poor/run.json'), 'utf8'))
    assert.equal(poor.code, 1)
    assert.deepEqual(
      report.findings.map(({ state }) => state),
      ['unverified'],
    )
    assert.ok(report.instances.filter(({ id }) => id.startsWith('verify.')).every(({ reason }) => reason === 'budget'))
  })

  it('and is checked before anything runs', async () => {
    using place = createPlace({
      'ci.yml': `
review: { verify: { runtime: aider } }
runtimes: { aider: { command: [aider, "{prompt}"] } }
report: { fail-on: { severity: low, state: confirmed } }
instances:
  claude: { prompt: Review., output-schema: findings }
  verify: { run: npm test }
`,
      'loop.yml': `
review: { verify: {} }
instances:
  claude: { prompt: Review., output-schema: findings }
  codex: { needs: [verify], prompt: Review., output-schema: findings }
`,
      'none.yml': `
report: { fail-on: { severity: low, state: confirmed } }
instances:
  claude: { prompt: Review., output-schema: findings }
`,
    })
    const said = async (name: string): Promise<string> => (await run(place.path, ['check', name], env)).out
    const wrong = await said('ci.yml')
    assert.match(
      wrong,
      /ci\.yml:7:3: error\[duplicate-id\]: `verify` is the id of the instances that `review\.verify` makes/,
    )
    assert.match(await said('loop.yml'), /loop\.yml:2:11: error\[cycle\]: `codex` reports findings and needs `verify`/)
    assert.match(
      await said('none.yml'),
      /none\.yml:2:37: error\[not-verified\]: `report\.fail-on\.state` needs `review\.verify`/,
    )
  })
})
