import assert from 'node:assert/strict'
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { ChangedFile } from '../../src/core/changes.ts'
import { attachFiles } from '../../src/launch/attach.ts'
import { createChangedHunks } from '../../src/launch/changed-hunks.ts'

/** No machine has the memory for a diff of that size. */
const whole = 2 ** 40

/** A run directory whose diff says this at its end, behind a terabyte of nothing. */
function diffEndingWith(t: TestContext, text: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'orchestrator-large-changes-'))
  t.after(() => rmSync(directory, { recursive: true }))
  const fd = openSync(join(directory, 'changes.diff'), 'w')
  ftruncateSync(fd, whole - text.length)
  writeSync(fd, text, whole - text.length)
  closeSync(fd)
  return directory
}

const patch = '@@ -1,2 +1,1 @@\n kept\n-gone\n'

describe('of a large diff', { skip: process.platform === 'win32' && 'writes the terabyte' }, () => {
  const attach = (directory: string, ...parts: readonly { readonly start: number; readonly end: number }[]) =>
    attachFiles('Review.', ['changes'], {
      roots: [directory],
      changes: {
        directory,
        diff: { file: 'changes.diff', range: { base: 'a', head: 'b' }, parts, files: parts.length, left: [] },
      },
    })

  it('a prompt has its chunk, for which nothing else is read', async (t) => {
    const directory = diffEndingWith(t, patch)
    const attached = await attach(directory, { start: 0, end: 2 }, { start: whole - patch.length, end: whole })
    assert.ok('prompt' in attached)
    assert.ok(attached.prompt.endsWith(`(data):\n\`\`\`\n\0\0${patch}\`\`\``), attached.prompt)
  })

  it('what no prompt holds is refused before it is read', async (t) => {
    const attached = await attach(diffEndingWith(t, patch), { start: 0, end: whole })
    assert.match('problem' in attached ? attached.problem : '', /larger than 10000000 bytes; use split/)
  })

  it("a finding reads its file's part, and which part that is is found out once for all attempts", (t) => {
    const directory = diffEndingWith(t, patch)
    let looks = 0
    const file = (path: string, bytes: number): ChangedFile => ({
      status: 'modified',
      additions: 0,
      deletions: 1,
      generated: false,
      binary: false,
      bytes,
      get path() {
        looks += 1
        return path
      },
    })
    const files = [file('a.ts', whole - patch.length), file('b.ts', patch.length)]
    const changes = { base: 'a', head: 'b', diffFile: 'changes.diff', files }
    const read = createChangedHunks(directory)
    for (let attempt = 0; attempt < 100; attempt++) {
      const { ofPull } = read({ changes }, {})
      assert.deepEqual(ofPull?.('b.ts')?.hunks[0]?.old.lines, ['kept', 'gone'])
    }
    assert.equal(looks, files.length)
  })
})
