import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { createPlace, run } from '../cli/command-line.ts'
import { git } from '../rig/git-repository.ts'

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

const answer = (title: string, severity: string): string =>
  JSON.stringify({
    findings: [
      {
        path: 'src/users.js',
        line: severity === 'high' ? 2 : 11,
        endLine: null,
        side: 'right',
        severity,
        category: 'security',
        title,
        body: 'Use a parameter.',
        suggestion: null,
        confidence: 0.9,
        // Only one of them knows its line; the quote tells the other's.
        evidence: severity === 'high' ? null : 'line 2;',
        rule: null,
        preExisting: null,
      },
    ],
    'max-severity': severity,
    summary: 'One problem.',
  })

const rules = `
rules:
  - match: { instance: security }
    reply: { json: ${answer('SQL injection: the user name is part of the query text', 'high')} }
  - match: { instance: correctness }
    reply: { json: ${answer('User name concatenated into the SQL query text allows injection', 'medium')} }
`

/** What \`eslint --format json\` prints, with the exit code it has when it found something. */
const eslint = (path: string): string =>
  JSON.stringify([
    {
      filePath: join(path, 'src/users.js'),
      messages: [{ ruleId: 'no-undef', severity: 2, message: "'db' is not defined.", line: 9 }],
    },
  ])

const checkstyle = `<?xml version="1.0"?><checkstyle version="8">
  <file name="src/users.js"><error line="12" severity="warning" message="Missing newline" source="eol"/></file>
</checkstyle>`

const file = (report: string): string => `
name: review
report: ${report}
instances:
  security: { prompt: Review., output-schema: findings }
  correctness: { runtime: codex, prompt: Review., output-schema: findings }
  lint: { run: 'cat lint.json; exit 1', parse: eslint, continue-on-error: true }
  style: { run: 'cat style.xml; exit 1', parse: checkstyle, continue-on-error: true }
`

describe('a review by real agents and a linter', () => {
  it('is one list of findings, in every report, as SARIF, and fails the run where the file says so', async () => {
    using place = createPlace({
      'ci.yml': file('{ sarif: out.sarif, fail-on: { severity: high, agents: 2 } }'),
      'rules.yml': rules,
      'src/users.js': Array.from({ length: 12 }, (_, at) => `line ${at + 1};\n`).join(''),
      'style.xml': checkstyle,
    })
    writeFileSync(join(place.path, 'lint.json'), eslint(place.path))
    const { code, out, err } = await run(
      place.path,
      ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run'],
      env,
    )
    assert.equal(code, 1, out + err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
    assert.equal(report.result, 'failure')
    assert.deepEqual(
      report.findings.map(({ path, line, severity, agents }) => [path, line, severity, agents]),
      [
        ['src/users.js', 2, 'high', ['correctness', 'security']],
        ['src/users.js', 9, 'high', ['lint']],
        ['src/users.js', 12, 'medium', ['style']],
      ],
    )
    const summary = readFileSync(join(place.path, 'run/summary.md'), 'utf8')
    assert.match(summary, /report\.fail.on: high finding/)
    assert.match(summary, /\*\*3 findings\*\*: 2 high, 1 medium/)
    assert.match(summary, /src\/users\.js:2/)
    const sarif = JSON.parse(readFileSync(join(place.path, 'out.sarif'), 'utf8'))
    assert.equal(sarif.runs[0].results.length, 3)
    const lines = await run(place.path, ['report', 'run', '--format', 'findings'], env)
    assert.match(lines.out, /^src\/users\.js:2:1: error: .* \[high, security\] \(correctness, security\)$/m)
  })

  it('does not fail where too few agree, and says so of a report that is none', async () => {
    using place = createPlace({
      'ci.yml': `
name: lint
report: { sarif: out.sarif, fail-on: { severity: low } }
instances:
  lint: { run: 'echo "{}"', parse: sarif }
`,
    })
    const { code } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], env)
    assert.equal(code, 1)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
    assert.equal(report.instances[0]?.reason, 'invalid-output')
    assert.match(report.instances[0]?.detail ?? '', /not a report in the format sarif/)
    assert.ok(!existsSync(join(place.path, 'out.sarif')), 'a file without results would say that nothing was found')
  })

  it('says which are about lines that a change removes, also where a reviewer thinks that they are there', async () => {
    const found = (line: number, side: string, evidence: string | null): object => ({
      ...(JSON.parse(answer('The check is gone', 'high')) as { findings: readonly object[] }).findings[0],
      path: 'src/users.js',
      line,
      side,
      evidence,
      suggestion: '```suggestion\ncheck(user)\n```',
    })
    const reply = (...findings: object[]): string => JSON.stringify({ findings, 'max-severity': 'high', summary: '' })
    using place = createPlace({
      'ci.yml': `
name: review
instances:
  claude: { prompt: Review., output-schema: findings, attach: [changes] }
  codex: { runtime: codex, prompt: Review., output-schema: findings, attach: [changes] }
`,
      'rules.yml': `
rules:
  - match: { instance: claude }
    reply: { json: ${reply(found(3, 'right', '  check(user)'))} }
  - match: { instance: codex }
    reply: { json: ${reply(found(2, 'left', null), { ...found(4, 'left', null), title: 'Nothing is returned' })} }
`,
      'src/users.js': 'function remove(user) {\n  check(user)\n  db.remove(user)\n}\n',
    })
    git(place.path, 'init', '-q', '-b', 'main')
    git(place.path, 'add', '.')
    git(place.path, 'commit', '-qm', 'Begin')
    git(place.path, 'switch', '-qc', 'change')
    writeFileSync(join(place.path, 'src/users.js'), 'function remove(user) {\n  db.remove(user)\n}\n')
    git(place.path, 'commit', '-qam', 'Change')
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--base', 'main', '--run-dir', 'run']
    const { code, out, err } = await run(place.path, args, env)
    assert.equal(code, 0, out + err)
    const report: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
    assert.deepEqual(
      report.findings.map(({ line, side, agents, evidence }) => [line, side, agents, evidence]),
      [
        [2, 'left', ['claude', 'codex'], '  check(user)'],
        [3, undefined, ['codex'], undefined],
      ],
    )
    assert.equal(report.findings[0]?.suggestion, '```\ncheck(user)\n```')
    assert.match(readFileSync(join(place.path, 'run/summary.md'), 'utf8'), /src\/users\.js:2 \(removed\)/)
  })
})
