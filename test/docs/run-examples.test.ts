import assert from 'node:assert/strict'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from '../cli/command-line.ts'
import { git } from '../rig/git-repository.ts'

const root = resolve(import.meta.dirname, '../..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')

/** A repository as a reader has it: the examples, and tests that pass once `fixed.txt` is there. */
function createRepository() {
  const place = createPlace({
    'package.json': JSON.stringify({ name: 'sample', scripts: { test: 'node check.cjs' } }),
    'check.cjs': "process.exit(require('node:fs').existsSync('fixed.txt') ? 0 : 1)\n",
    '.gitignore': '.orchestrator\n.npm\n',
  })
  git(place.path, 'init', '-q', '-b', 'main')
  cpSync(join(root, 'examples'), join(place.path, 'examples'), { recursive: true })
  git(place.path, 'add', '-A')
  git(place.path, 'commit', '-q', '-m', 'Begin')
  git(place.path, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
  return place
}

interface Run {
  readonly result: string
  readonly instances: readonly { readonly id: string; readonly result: string; readonly reason?: string }[]
}

/** Runs an example against the embedded model; results by instance. */
async function runExample(path: string, name: string, rules?: string): Promise<Record<string, string>> {
  const simulate = rules === undefined ? [] : [join(path, '.orchestrator/rules.yml')]
  if (simulate[0] !== undefined && rules !== undefined) {
    mkdirSync(join(path, '.orchestrator'), { recursive: true })
    writeFileSync(simulate[0], rules)
  }
  const { code, err, out } = await run(path, ['run', `examples/${name}.yml`, '--json', '--simulate', ...simulate])
  assert.equal(code, 0, err)
  const { result, instances }: Run = JSON.parse(out)
  assert.equal(result, 'success')
  return Object.fromEntries(instances.map((instance) => [instance.id, instance.result]))
}

describe('an example that is run', { concurrency: 2 }, () => {
  it('matrix: both matrices fan out and in', async () => {
    using place = createRepository()
    const results = await runExample(place.path, 'matrix')
    const ids = Object.keys(results)
    assert.equal(ids.filter((id) => id.startsWith('document.')).length, 3)
    assert.equal(ids.filter((id) => id.startsWith('review.')).length, 3)
    assert.equal(results['summary'], 'success')
  })

  it('capabilities: every instance finds its agent', async () => {
    using place = createRepository()
    const results = await runExample(place.path, 'capabilities')
    assert.deepEqual(results, { threats: 'success', api: 'success', summary: 'success' })
  })

  it('pr-review: three reviews become one', async () => {
    using place = createRepository()
    assert.equal((await runExample(place.path, 'pr-review'))['report'], 'success')
  })

  it('the first of the README: reviews what differs from the default branch, from a folder below', async () => {
    using place = createRepository()
    const [, file = ''] = /with `\.github\/orchestrator\.yml`:\n\n```yaml\n([^]*?)```/.exec(readme) ?? []
    mkdirSync(join(place.path, '.github'))
    writeFileSync(join(place.path, '.github/orchestrator.yml'), file)
    git(place.path, 'checkout', '-q', '-b', 'topic')
    writeFileSync(join(place.path, 'check.cjs'), 'process.exit(7)\n')
    const { code, err, out } = await run(join(place.path, 'examples'), ['run', '--json', '--simulate'])
    assert.equal(code, 0, err)
    const { instances } = JSON.parse(out)
    assert.match(instances.find(({ id }: { id: string }) => id === 'diff').text, /^\+process\.exit\(7\)$/m)
    assert.deepEqual(
      instances.map(({ result }: { result: string }) => result),
      Array(4).fill('success'),
    )
  })

  it('fix-and-verify: what the agent did in its worktree is applied and verified, once', async () => {
    using place = createRepository()
    const rules = [
      'rules:',
      '  - match: { instance: repair.fix }',
      '    replies:',
      '      - { tools: [{ run: echo done > fixed.txt }] }',
      '      - { text: Added the file. }',
    ].join('\n')
    const broken = await runExample(place.path, 'fix-and-verify', rules)
    assert.equal(broken['repair.verify'], 'success')
    assert.equal(broken['nothing-to-do'], 'skipped')
    assert.equal(readFileSync(join(place.path, 'fixed.txt'), 'utf8'), 'done\n')
    const repaired = await runExample(place.path, 'fix-and-verify', rules)
    assert.equal(repaired['repair.fix'], 'skipped')
    assert.equal(repaired['nothing-to-do'], 'success')
    assert.equal(repaired['notify'], 'success')
  })

  it('until-green: rounds in one worktree, the last of which is applied', async () => {
    using place = createRepository()
    const verdict = (text: string): string =>
      JSON.stringify(JSON.stringify({ verdict: text, remarks: `It is ${text}.` }))
    const rules = [
      'rules:',
      "  - match: { instance: 'repair.green.fix' }",
      '    replies: [{ text: Not yet. }]',
      "  - match: { instance: 'repair.green.fix#2' }",
      '    replies: [{ tools: [{ run: echo two > fixed.txt }] }, { text: Added the file. }]',
      "  - match: { instance: 'repair.green.review#2' }",
      `    replies: [{ text: ${verdict('changes-needed')} }]`,
      "  - match: { instance: 'repair.green.fix#3', prompt: It is changes-needed }",
      '    replies: [{ tools: [{ run: echo three >> fixed.txt }] }, { text: Changed the file. }]',
      "  - match: { instance: 'repair.green.review#3' }",
      `    replies: [{ text: ${verdict('clean')} }]`,
    ].join('\n')
    const results = await runExample(place.path, 'until-green', rules)
    assert.deepEqual(
      Object.entries(results).filter(([id]) => /(test|review)/.test(id)),
      [
        ['repair.green.test', 'failure'],
        ['repair.green.review', 'skipped'],
        ['repair.green.test#2', 'success'],
        ['repair.green.review#2', 'success'],
        ['repair.green.test#3', 'success'],
        ['repair.green.review#3', 'success'],
      ],
    )
    assert.equal(readFileSync(join(place.path, 'fixed.txt'), 'utf8'), 'two\nthree\n')
  })
})
