import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { openJournal } from '../../src/journal/journal-file.ts'
import { createSeal, provenLength, sealedWord } from '../../src/journal/seal.ts'

const root = mkdtempSync(join(tmpdir(), 'seal-'))
after(() => rmSync(root, { recursive: true }))
let count = 0

/** A sealed journal of three lines. */
async function sealed() {
  const path = join(root, `${++count}.ndjson`)
  const options = { path: `${path}.seal`, key: 'a key', about: 'run 1' }
  const journal = openJournal(path, assert.fail, createSeal(options))
  for (const line of ['{"a":1}\n', '{"b":"ü"}\n', '{"c":3}\n']) journal.append(line)
  await journal.close()
  return { path, options, prove: (more = {}) => provenLength(readFileSync(path), { ...options, ...more }) }
}

describe('the seal of a journal', () => {
  it('proves all that was appended, byte for byte', async () => {
    const { path, prove } = await sealed()
    const whole = readFileSync(path)
    assert.equal(prove(), whole.length)
    for (let bit = 0; bit < whole.length * 8; bit++) {
      const changed = Buffer.from(whole)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      writeFileSync(path, changed)
      assert.equal(prove(), undefined, `bit ${bit}`)
    }
  })

  it('proves the start where something was added, and nothing where something is missing', async () => {
    const { path, prove } = await sealed()
    const whole = readFileSync(path)
    appendFileSync(path, '{"type":"run.ended","result":"success"}\n')
    assert.equal(prove(), whole.length)
    writeFileSync(path, whole.subarray(0, whole.length - 1))
    assert.equal(prove(), undefined)
  })

  it('is of one key, and of what the journal is about', async () => {
    const { options, prove } = await sealed()
    assert.equal(prove({ key: 'another' }), undefined)
    assert.equal(prove({ about: 'run 2' }), undefined)
    for (const text of ['', 'nothing', '9 ', `8 ${'0'.repeat(64)}\n`, `-1 ${'f'.repeat(64)}\n`]) {
      writeFileSync(options.path, text)
      assert.equal(prove(), undefined, text)
    }
    assert.notEqual(sealedWord(options, 'reported'), sealedWord({ ...options, key: 'another' }, 'reported'))
  })
})
