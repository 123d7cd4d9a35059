import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { createPlace, run } from './command-line.ts'

const file = 'name: strange\ninstances: { a: { run: echo a } }\n'
const tooLong = 'x'.repeat(5000)

/** Neither a bug of ours, nor a stack. */
function assertNoBug({ code, err }: { readonly code: number | null; readonly err: string }, what: string): void {
  assert.doesNotMatch(err, /this is a bug|^ {4}at /m, what)
  assert.notEqual(code, 3, what)
}

describe(
  'a folder in which links lead in circles',
  { skip: process.platform === 'win32' && 'has no links for everyone' },
  () => {
    it('runs as one without a repository, where its `.git` is such a link', async () => {
      using place = createPlace({ 'ci.yml': file })
      symlinkSync('.git', join(place.path, '.git'))
      for (const args of [['check', 'ci.yml'], ['run', 'ci.yml'], ['doctor', 'ci.yml'], ['report']]) {
        const outcome = await run(place.path, args)
        assertNoBug(outcome, args.join(' '))
        if (args[0] !== 'doctor') assert.equal(outcome.code, 0, outcome.err)
      }
    })

    it('has its runs listed, whatever lies among them', async () => {
      using place = createPlace({ 'ci.yml': file })
      assert.equal((await run(place.path, ['run', 'ci.yml'])).code, 0)
      const runs = join(place.path, '.orchestrator')
      for (const name of ['journal.ndjson', 'run.json']) {
        mkdirSync(join(runs, `loop-${name}`))
        if (name !== 'journal.ndjson') writeFileSync(join(runs, `loop-${name}`, 'journal.ndjson'), '')
        symlinkSync(name, join(runs, `loop-${name}`, name))
      }
      symlinkSync('loop', join(runs, 'loop'))
      const { code, out, err } = await run(place.path, ['runs'])
      assert.equal(code, 0, err)
      assert.match(out, /strange +success/)
      for (const name of ['loop', 'loop-journal.ndjson']) assertNoBug(await run(place.path, ['report', name]), name)
    })
  },
)

it('a name that is too long for a file is one of nothing', async () => {
  using place = createPlace({ 'ci.yml': file })
  for (const args of [['report'], ['run', '--resume'], ['run'], ['check'], ['logs'], ['compare', 'ci.yml']]) {
    const outcome = await run(place.path, [...args, tooLong])
    assertNoBug(outcome, args.join(' '))
    assert.equal(outcome.code, 2, args.join(' '))
  }
})
