import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createRedactor } from '../../src/journal/redactor.ts'
import { openLedger, readLedger, sumServed } from '../../src/simulate/ledger.ts'

/** A ledger of three requests of one attempt, and one of another. */
function writeLedger(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'simulation.ndjson')
  const append = openLedger(path, createRedactor([]))
  for (const [instance, input] of [
    ['a', 100],
    ['a', 20],
    ['b', 7],
    ['a', 3],
  ] as const)
    append({
      instance,
      attempt: 1,
      path: '/v1/messages',
      model: 'm',
      usage: { input, cacheRead: 1, cacheWrite: 0, output: 5 },
    })
  return path
}

const tokensOf = (path: string, damage: string[]): number =>
  sumServed(
    readLedger(path, (why) => damage.push(why)),
    'a',
    1,
  ).input

describe('the ledger of the simulated model', () => {
  it('is never believed with one wrong bit: the line is named and left out', (t) => {
    const path = writeLedger(t)
    const whole = readFileSync(path)
    let line = 1
    for (const [at, byte] of whole.entries()) {
      const damaged = Buffer.from(whole)
      damaged[at] = byte ^ (1 << (at % 8))
      writeFileSync(path, damaged)
      const damage: string[] = []
      const tokens = tokensOf(path, damage)
      assert.ok(damage[0]?.startsWith(`${path}:${line}: `), `bit ${at % 8} of byte ${at}: ${damage.join()}`)
      assert.ok([123, 120, 103, 23, 3, 20].includes(tokens), String(tokens))
      if (byte === 0x0a) line++
    }
  })

  it('is read without a last line that was cut off', (t) => {
    const path = writeLedger(t)
    appendFileSync(path, '{"instance":"a","attempt":1,"usage":{"inp')
    const damage: string[] = []
    assert.equal(tokensOf(path, damage), 123)
    assert.deepEqual(damage, [])
  })

  it('is read without checksums, as the first versions wrote it', (t) => {
    const path = writeLedger(t)
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll(/,"sum":"[0-9a-f]{8}"/g, ''))
    const damage: string[] = []
    assert.equal(tokensOf(path, damage), 123)
    assert.deepEqual(damage, [])
    writeFileSync(path, '{"instance":"a","attempt":1}\n[]\nnull\n')
    assert.equal(tokensOf(path, damage), 0)
    assert.equal(damage.length, 3)
  })
})
