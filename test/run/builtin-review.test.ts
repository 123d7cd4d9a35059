import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import type { LedgerEntry } from '../../src/simulate/ledger.ts'
import { createPlace, run } from '../cli/command-line.ts'
import { git } from '../rig/git-repository.ts'

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

const answer = (line: number, title: string): string =>
  JSON.stringify({
    findings: [
      {
        path: 'src/users.js',
        line,
        endLine: null,
        side: 'right',
        evidence: `line ${line};`,
        severity: 'high',
        category: 'security',
        rule: null,
        title,
        body: 'It is so.',
        suggestion: null,
        confidence: 0.9,
        preExisting: false,
      },
    ],
    'max-severity': 'high',
    summary: 'One.',
  })

const opinion = (verdict: string): string =>
  JSON.stringify({
    verdict,
    reason: `It is ${verdict}.`,
    evidence: [{ path: 'src/users.js', line: 9, quote: 'line 9;' }],
  })

const nothing = JSON.stringify({ findings: [], 'max-severity': 'none', summary: 'Fine.' })

const rules = `
rules:
  - match: { instance: security, prompt: '+line 2;' }
    reply: { json: ${answer(2, 'SQL injection by the user name')} }
  - match: { instance: correctness, prompt: '+line 2;' }
    reply: { json: ${answer(9, 'Off by one in the last page')} }
  - match: { instance: 'verify.*', prompt: 'SQL injection' }
    reply: { json: ${opinion('confirmed')} }
  - match: { instance: 'verify.*', prompt: 'Off by one' }
    reply: { json: ${opinion('refuted')} }
  - match: { instance: choose, prompt: '+line 2;' }
    reply: { json: ${JSON.stringify({ specialists: ['security', 'correctness'], reason: 'Nothing runs often.' })} }
  - match: { instance: 'verify.*', prompt: Outdated comment }
    reply: { json: ${opinion('confirmed')} }
  - match: { instance: style, prompt: '+line 2;' }
    reply: { json: ${answer(5, 'Outdated comment')} }
  - match: { instance: summary, prompt: '/refuted[^]*SQL injection[^]*Outdated comment/' }
    reply: { text: One cause. }
  - match: { prompt: one of several reviewers }
    reply: { json: ${nothing} }
`

const lines = (changed: string): string =>
  Array.from({ length: 12 }, (_, at) => `line ${at + 1};${at === 1 ? changed : ''}\n`).join('')

describe('the built-in review, by the real CLIs', () => {
  const review = async (change: Readonly<Record<string, string>>, ...inputs: readonly string[]) => {
    using place = createPlace({
      'ci.yml': 'name: review\ninclude: builtin:review\n',
      'rules.yml': rules,
      'src/users.js': lines(' // before'),
      'README.md': 'Before.\n',
      '.gitignore': 'run/\n.orchestrator/\n',
    })
    git(place.path, 'init', '-q', '-b', 'main')
    git(place.path, 'add', '.')
    git(place.path, 'commit', '-qm', 'Begin')
    git(place.path, 'switch', '-qc', 'change')
    for (const [name, text] of Object.entries(change)) writeFileSync(join(place.path, name), text)
    git(place.path, 'commit', '-qam', 'Change')
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run', '--base', 'main', ...inputs]
    const { code, out, err } = await run(place.path, args, env)
    assert.equal(code, 0, out + err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
    const ledger: LedgerEntry[] = readFileSync(join(place.path, 'run/simulation.ndjson'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const asked = [...new Set(ledger.map(({ instance }) => instance))].toSorted()
    const spent = ledger.reduce((sum, { usage }) => sum + usage.input + usage.cacheRead + usage.output, 0)
    const { usage } = report
    assert.equal(
      (usage?.input ?? 0) + (usage?.cacheRead ?? 0) + (usage?.output ?? 0),
      spent,
      'the report says what the ledger says',
    )
    return { report, asked, models: new Map(ledger.map(({ instance, model }) => [instance, model])) }
  }

  it('asks one agent about a change of documentation', async () => {
    const { report, asked } = await review({ 'README.md': 'After.\n' })
    assert.deepEqual(asked, ['style'])
    assert.deepEqual(report.verdict, { verdict: 'clean', reason: '1 reviewer looked and found nothing' })
  })

  it('asks five about a change of code, and one more about each finding', async () => {
    const { report, asked } = await review({ 'src/users.js': lines('') })
    assert.deepEqual(asked, [
      'correctness',
      'performance',
      'security',
      'style',
      'tests',
      'verify.1',
      'verify.2',
      'verify.3',
    ])
    assert.deepEqual(
      report.findings.map(({ line, title, state }) => [line, title, state]),
      [
        [2, 'SQL injection by the user name', 'confirmed'],
        [5, 'Outdated comment', 'confirmed'],
      ],
    )
    assert.deepEqual(
      report.setAside.map(({ finding, why }) => [finding.title, why.kind]),
      [['Off by one in the last page', 'refuted']],
    )
  })

  it('asks those that an agent chose, by the models of their roles, and sums up what they found', async () => {
    const inputs = ['triage=agent', 'summary=true', 'model=sonnet', 'small-model=haiku', 'verifier-model=gpt-small']
    const { report, asked, models } = await review(
      { 'src/users.js': lines('') },
      ...inputs.flatMap((each) => ['--input', each]),
    )
    const verifiers = ['verify.1', 'verify.2', 'verify.3']
    assert.deepEqual(asked, ['choose', 'correctness', 'security', 'style', 'summary', ...verifiers])
    for (const [id, model] of Object.entries({ security: 'sonnet', choose: 'haiku', summary: 'haiku' }))
      assert.match(models.get(id) ?? '', new RegExp(model), id)
    assert.equal(models.get('verify.1'), 'gpt-small')
    assert.equal(report.instances.find(({ id }) => id === 'summary')?.text, 'One cause.')
    assert.equal(report.instances.find(({ id }) => id === 'performance')?.reason, 'condition')
    assert.equal(report.verdict?.verdict, 'findings')
  })

  it('says which built-in file there is none of', async () => {
    using place = createPlace({ 'ci.yml': 'include: builtin:revew\ninstances: { a: { run: "true" } }\n' })
    const { code, out } = await run(place.path, ['check', 'ci.yml'], env)
    assert.equal(code, 2)
    assert.match(out, /ci\.yml:1:10: error\[file-not-found\]: file `builtin:revew` not found/)
  })
})
