import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createOutputFiles } from '../../src/launch/output-files.ts'

/** Output files in a folder of the test's, past the first, after which directories are used again. */
async function create(t: TestContext) {
  const parent = mkdtempSync(join(tmpdir(), 'outputs-'))
  t.after(() => rmSync(parent, { recursive: true }))
  const files = createOutputFiles(() => parent)
  files.discard(files.make())
  await setImmediate()
  return { parent, files }
}

describe('the output file of an instance', () => {
  it('is empty, and alone in a directory that no other file was ever in by that name', async (t) => {
    const { parent, files } = await create(t)
    const seen = new Set<string>()
    for (let count = 0; count < 50; count++) {
      const path = files.make()
      assert.equal(readFileSync(path, 'utf8'), '')
      assert.deepEqual(readdirSync(dirname(path)), ['output'])
      assert.equal(dirname(dirname(path)), parent)
      seen.add(basename(dirname(path)))
      writeFileSync(path, 'verdict=pass\n')
      files.discard(path)
      await setImmediate()
    }
    assert.equal(seen.size, 50)
    assert.equal(readdirSync(parent).length, 1)
  })

  it('never meets what an earlier instance left in its directory', async (t) => {
    const ways: ((directory: string) => void)[] = [
      (directory) => writeFileSync(join(directory, 'planted'), 'verdict=pass\n'),
      (directory) => mkdirSync(join(directory, 'sub')),
      (directory) => {
        rmSync(join(directory, 'output'))
        mkdirSync(join(directory, 'output'))
      },
      (directory) => rmSync(directory, { recursive: true }),
      (directory) => {
        rmSync(directory, { recursive: true })
        symlinkSync('/tmp', directory)
      },
    ]
    for (const leave of ways) {
      const { parent, files } = await create(t)
      const path = files.make()
      leave(dirname(path))
      files.discard(path)
      await setImmediate()
      const next = files.make()
      assert.deepEqual(readdirSync(dirname(next)), ['output'])
      assert.equal(readFileSync(next, 'utf8'), '')
      await files.settled()
      assert.deepEqual(readdirSync(parent), [basename(dirname(next))])
    }
  })

  it('never meets what a sibling plants in a directory that waits for it', async (t) => {
    const { parent, files } = await create(t)
    files.discard(files.make())
    await setImmediate()
    for (const directory of readdirSync(parent)) writeFileSync(join(parent, directory, 'output'), 'verdict=pass\n')
    assert.equal(readFileSync(files.make(), 'utf8'), '')
  })
})
