import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import type { LedgerEntry } from '../../src/simulate/ledger.ts'
import { acceptJsonImports } from '../docs/json-imports.ts'
import { git } from '../rig/git-repository.ts'
import { createPlace, run } from './command-line.ts'

acceptJsonImports()
const { workflowMistakes } = await import('../docs/workflow-files.ts')

const env = { PATH: `${join(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH'] ?? ''}` }

const finding = (title: string, quote: string): string =>
  JSON.stringify({
    findings: [
      {
        path: 'src/users.js',
        line: 1,
        endLine: null,
        side: 'right',
        evidence: quote,
        severity: 'high',
        category: 'security',
        rule: null,
        title,
        body: 'It is so.',
        suggestion: null,
        confidence: 0.9,
        preExisting: true,
      },
    ],
    'max-severity': 'high',
    summary: 'One.',
  })
const nothing = JSON.stringify({ findings: [], 'max-severity': 'none', summary: 'Fine.' })
const confirmed = JSON.stringify({
  verdict: 'confirmed',
  reason: 'It is reached.',
  evidence: [{ path: 'src/users.js', line: 2, quote: 'query(name);' }],
})

/** A repository with a first commit, in which `init` wrote a template; `run` runs it under a simulation. */
async function begin(template: string, files: Readonly<Record<string, string>>, rules: string) {
  const place = createPlace({ ...files, 'rules.yml': rules, '.gitignore': 'run/\n.orchestrator/\n.claude*\n.codex*\n' })
  git(place.path, 'init', '-q', '-b', 'main')
  const made = await run(place.path, ['init', '--template', template], env)
  assert.equal(made.code, 0, made.err)
  const written = [...made.out.matchAll(/^Wrote (.*)$/gm)].map(([, path = '']) => path)
  const [file = '', workflow = ''] = written
  assert.deepEqual(await workflowMistakes(workflow, readFileSync(join(place.path, workflow), 'utf8')), [])
  git(place.path, 'add', '.')
  git(place.path, 'commit', '-qm', 'Begin')
  return {
    path: place.path,
    made,
    file,
    [Symbol.dispose]: () => place[Symbol.dispose](),
    async run(...args: readonly string[]) {
      const given = ['run', file, '--simulate', 'rules.yml', '--run-dir', 'run', ...args]
      const { code, out, err } = await run(place.path, given, env)
      assert.equal(code, 0, out + err)
      const report: RunJson = JSON.parse(readFileSync(join(place.path, 'run/run.json'), 'utf8'))
      const ledger: LedgerEntry[] = readFileSync(join(place.path, 'run/simulation.ndjson'), 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      return { report, out, asked: [...new Set(ledger.map(({ instance }) => instance))].toSorted() }
    },
  }
}

describe('a template that init wrote, by the real CLIs', { skip: process.platform === 'win32' }, () => {
  it('reviews: a change of documentation has one reviewer', async () => {
    using project = await begin(
      'review',
      { 'README.md': 'Before.\n' },
      `rules: [{ match: {}, reply: { json: ${nothing} } }]\n`,
    )
    git(project.path, 'switch', '-qc', 'change')
    writeFileSync(join(project.path, 'README.md'), 'After.\n')
    git(project.path, 'commit', '-qam', 'Change')
    const { report, asked } = await project.run('--base', 'main')
    assert.deepEqual(asked, ['style'])
    assert.equal(report.verdict?.verdict, 'clean')
  })

  it('audits the repository, verifies what is found, and writes an issue', async () => {
    using project = await begin(
      'nightly-audit',
      { 'src/users.js': 'export const find = (name) =>\n  query(name);\n' },
      `
rules:
  - match: { instance: security }
    reply: { json: ${finding('SQL injection', 'query(name);')} }
  - match: { instance: 'verify.*', prompt: SQL injection }
    reply: { json: ${confirmed} }
  - match: { instance: issue, prompt: '/It is reached[^]*SQL injection/' }
    reply: { json: { issue: [{ body: '## One problem' }] } }
  - match: {}
    reply: { json: ${nothing} }
`,
    )
    assert.match(project.made.out, /^Wrote \.github\/nightly-audit\.orchestrator\.yml$/m)
    const { report, out, asked } = await project.run()
    assert.deepEqual(asked, ['correctness', 'dependencies', 'issue', 'maintenance', 'security', 'verify.1'])
    assert.deepEqual(
      report.findings.map(({ line, title, state }) => [line, title, state]),
      [[2, 'SQL injection', 'confirmed']],
    )
    assert.match(out, /issue "Nightly audit"/)
  })

  it('fixes the tests in a worktree, again until they pass, and leaves the checkout alone', async () => {
    using project = await begin(
      'fix',
      {
        Makefile: 'test:\n\t@grep right answer.txt || { echo the answer is wrong; false; }\n',
        'answer.txt': 'wrong\n',
      },
      `
rules:
  - match: { instance: fix.green.repair }
    replies: [{ tools: [{ run: echo wring > answer.txt }] }, { text: Tried. }]
  - match: { instance: 'fix.green.repair#2', prompt: the answer is wrong }
    replies: [{ tools: [{ run: echo right > answer.txt }] }, { text: Mended. }]
  - match: { instance: fix.explain, prompt: Mended. }
    reply: { text: The answer was wrong. }
`,
    )
    const { report, out } = await project.run()
    const results = Object.fromEntries(report.instances.map(({ id, result }) => [id, result]))
    assert.equal(results['fix'], 'success')
    assert.equal(results['fix.green.test#2'], 'success')
    assert.match(out, /pull request[^]*Fix the tests/i)
    assert.equal(readFileSync(join(project.path, 'answer.txt'), 'utf8'), 'wrong\n')
    assert.equal(git(project.path, 'status', '--porcelain'), '')
  })
})
