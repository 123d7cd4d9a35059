import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import { run, start } from '../cli/command-line.ts'
import { createRepository } from '../worktree/repository.ts'

const env = { PATH: [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter) }

const file = `
name: review
instances:
  docs: { run: echo docs, paths: [docs/**] }
  code: { run: 'echo "$FILES"', paths: ['**.ts'], env: { FILES: "\${{ join(changes.files.*.path, ' ') }}" } }
  review:
    prompt: Review.
    attach: [changes]
    split: { max-bytes: 300B }
`

const rules = `
rules:
  - match: { instance: review.1, prompt: '/diff of 1 file, part 1 of 2.*\\+export const a = 2.*left out of the diff: "package-lock.json" \\(generated\\), "x.png" \\(binary\\)/s' }
    reply: { text: saw a }
  - match: { instance: review.2, prompt: '+export const b = 2' }
    reply: { text: saw b }
`

describe('what changed, at a desk', () => {
  it('decides what runs, is what real agents see, and stays what it was when the run is resumed', async (t) => {
    const repository = createRepository(t, {
      'orchestrator.yml': file,
      'rules.yml': rules,
      '.gitattributes': 'package-lock.json linguist-generated\n',
      'package-lock.json': '{}\n',
      'src/a.ts': 'export const a = 1\n',
      'src/b.ts': 'export const b = 1\n',
      'docs/x.md': 'x\n',
    })
    repository.git('checkout', '-qb', 'topic')
    repository.write('src/a.ts', 'export const a = 2\n')
    repository.write('src/b.ts', 'export const b = 2\n')
    repository.write('package-lock.json', '{"much": 1}\n')
    repository.write('x.png', Buffer.from([0, 1]))
    const report = (): RunJson => JSON.parse(readFileSync(join(repository.path, 'run/run.json'), 'utf8'))
    const texts = (): Record<string, string> =>
      Object.fromEntries(
        report().instances.map(({ id, result, reason, text }) => [id, text?.trim() || `${result} ${reason}`.trim()]),
      )
    const first = await run(
      repository.path,
      ['run', 'orchestrator.yml', '--simulate', 'rules.yml', '--run-dir', 'run'],
      env,
    )
    assert.equal(first.code, 0, first.out + first.err)
    const expected = {
      docs: 'skipped paths',
      code: 'package-lock.json src/a.ts src/b.ts x.png',
      review: 'success',
      'review.1': 'saw a',
      'review.2': 'saw b',
    }
    assert.deepEqual({ ...expected, ...texts() }, { ...texts(), ...expected })
    assert.match(readFileSync(join(repository.path, 'run/changes.diff'), 'utf8'), /^diff --git a\/package-lock.json/)
    // As after a crash: some of the run is not there, and the repository has gone on.
    const journal = join(repository.path, 'run/journal.ndjson')
    writeFileSync(journal, readFileSync(journal, 'utf8').split('\n').slice(0, 1).join('\n') + '\n')
    repository.write('docs/x.md', 'changed meanwhile\n')
    const second = await run(repository.path, ['run', '--resume', 'run', '--simulate', 'rules.yml'], env)
    assert.equal(second.code, 0, second.out + second.err)
    assert.equal(texts()['docs'], 'skipped paths')
    assert.equal(texts()['review.2'], 'saw b')
  })

  it('is not waited for by who interrupts the run', async (t) => {
    const repository = createRepository(t, { 'orchestrator.yml': file })
    const bin = join(repository.scratch, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n: > ${join(repository.scratch, 'asked')}\nexec sleep 60\n`, {
      mode: 0o755,
    })
    const running = start(repository.path, ['run', '--simulate'], { PATH: [bin, process.env['PATH']].join(delimiter) })
    const watcher = setInterval(() => {
      if (!existsSync(join(repository.scratch, 'asked'))) return
      clearInterval(watcher)
      running.child.kill('SIGINT')
    }, 50)
    const { code, out } = await running.ended
    clearInterval(watcher)
    assert.equal(code, 130)
    assert.doesNotMatch(out, /docs/)
  })

  it('is not looked for by a file that does not ask', async (t) => {
    const repository = createRepository(t, { 'orchestrator.yml': 'instances: { a: { run: echo fine } }\n' })
    const bin = join(repository.scratch, 'bin')
    mkdirSync(bin)
    writeFileSync(join(bin, 'git'), `#!/bin/sh\n: > ${join(repository.scratch, 'asked')}\n`, { mode: 0o755 })
    const { code } = await run(repository.path, ['run'], { PATH: [bin, process.env['PATH']].join(delimiter) })
    assert.equal(code, 0)
    assert.equal(existsSync(join(repository.scratch, 'asked')), false)
  })

  it('is a clear error where git cannot tell, before anything has run', async (t) => {
    const repository = createRepository(t, { 'orchestrator.yml': file })
    const elsewhere = await run(repository.path, ['run', '--simulate', '--base', 'no-such'], env)
    assert.equal(elsewhere.code, 2)
    assert.match(elsewhere.err, /cannot tell what changed: there is no branch or commit no-such/)
    assert.match(elsewhere.err, /--base BRANCH/)
    assert.equal(repository.git('status', '--porcelain'), '')
  })
})
