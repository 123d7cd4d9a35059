import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { writeNewFile } from '../../src/process/create-file.ts'
import { readRegularFile } from '../../src/process/read-regular-file.ts'

const noWindows = { skip: process.platform === 'win32' && 'has neither named pipes nor links for everyone' }

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'regular-file-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

describe('a file that is read whole', noWindows, () => {
  it('is read whatever its size within the limit', (t) => {
    const path = join(folderOf(t), 'file')
    for (const size of [0, 1, 65_535, 200_000]) {
      writeFileSync(path, 'x'.repeat(size))
      assert.equal(readRegularFile(path, { maxBytes: 200_000 }).toString(), 'x'.repeat(size))
    }
  })

  it('is refused, with its name and what it is, when it has no end, is too large or is a folder', (t) => {
    const folder = folderOf(t)
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const large = join(folder, 'large')
    writeFileSync(large, 'x'.repeat(101))
    mkdirSync(join(folder, 'folder'))
    const read = (path: string) => () => readRegularFile(path, { maxBytes: 100 })
    assert.throws(read(pipe), { message: `${pipe} is not a regular file` })
    assert.throws(read('/dev/zero'), { message: '/dev/zero is not a regular file' })
    assert.throws(read(large), { message: `${large} is larger than 100 bytes` })
    assert.throws(read(join(folder, 'folder')), { message: `${join(folder, 'folder')} is a directory` })
    assert.throws(read(join(folder, 'none')), { code: 'ENOENT' })
  })

  it('may be asked not to be a link', (t) => {
    const folder = folderOf(t)
    writeFileSync(join(folder, 'file'), 'text')
    symlinkSync('file', join(folder, 'link'))
    assert.equal(readRegularFile(join(folder, 'link'), { maxBytes: 100 }).toString(), 'text')
    assert.throws(() => readRegularFile(join(folder, 'link'), { maxBytes: 100, followLinks: false }), { code: 'ELOOP' })
  })

  it('is read where its size is not told, as in /proc', { skip: process.platform !== 'linux' && 'reads /proc' }, () => {
    assert.match(readRegularFile('/proc/self/status', { maxBytes: 100_000 }).toString(), /^Name:/)
  })
})

describe('a new file', noWindows, () => {
  it('takes the place of a planted link and of what was there, and leaves what the link leads to', (t) => {
    const folder = folderOf(t)
    const path = join(folder, 'log')
    writeFileSync(join(folder, 'precious'), 'precious')
    symlinkSync('precious', path)
    writeNewFile(path, 'one')
    writeNewFile(path, ['t', 'wo'])
    assert.equal(readFileSync(path, 'utf8'), 'two')
    assert.equal(readFileSync(join(folder, 'precious'), 'utf8'), 'precious')
  })

  it('is written by nobody else, whatever the umask', (t) => {
    const path = join(folderOf(t), 'log')
    const before = process.umask(0)
    t.after(() => process.umask(before))
    writeNewFile(path, 'text')
    assert.equal(statSync(path).mode & 0o777, 0o644)
  })
})
