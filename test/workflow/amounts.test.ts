import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import { byteCount, durationMs, minutesMs } from '../../src/workflow/amounts.ts'
import { sha256 } from '../../src/core/sha256.ts'

describe('an amount', () => {
  it('of time is read in milliseconds', () =>
    assert.deepEqual(['500ms', '2s', '1.5s', '1h30m', '1m30s'].map(durationMs), [500, 2000, 1500, 5_400_000, 90_000]))

  it('of bytes is decimal, or binary with an i', () =>
    assert.deepEqual(['10B', '1.5kB', '2GB', '50 MiB', '1TiB'].map(byteCount), [10, 1500, 2e9, 52_428_800, 2 ** 40]))

  it('of minutes may be a fraction', () => assert.equal(minutesMs(0.25), 15_000))
})

describe('the hash of a file', () => {
  it('is SHA-256 of its UTF-8 bytes, at every length around a block', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'é'.repeat(length % 7) + 'x'.repeat(length)
      assert.equal(sha256(text), createHash('sha256').update(text).digest('hex'))
    }
  })
})
