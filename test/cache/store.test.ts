import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { partOf } from '../../src/cache/content-key.ts'
import type { Entry } from '../../src/cache/entry.ts'
import { openStore, storedFiles, type StoreOptions } from '../../src/cache/store.ts'
import { blankEnd } from '../../src/core/blank-end.ts'
import { freeAccounting } from '../../src/core/usage.ts'

function place() {
  const directory = mkdtempSync(join(tmpdir(), 'orchestrator-outcomes-'))
  return { directory, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) }
}

function entry(id: string, key: string, patch = Buffer.from([0, 10, 255])): Entry {
  const blank = { id, attempt: 1, failure: null, durationMs: 1, runtime: 'claude', model: null }
  const ended = { ...blankEnd({ ...blank, accounting: freeAccounting }), text: `text of ${id}\n\u0000`, patchFile: 'x' }
  const parts = { prompt: partOf({ '': key }) }
  return { key, id, name: 'test', run: 'r', keptAt: 1, by: '0', parts, ended, files: { patch } }
}

const open = (directory: string, options: Partial<StoreOptions> = {}) =>
  openStore({ directory, seal: 's', namespace: 'trusted', maxBytes: 1e9, now: Date.now, ...options })
const whose = { name: 'test', id: 'a' }
const problemOf = (looked: ReturnType<ReturnType<typeof open>['get']>): string | undefined =>
  looked !== undefined && 'problem' in looked ? looked.problem : undefined

describe('a store of outcomes', () => {
  it('gives back what was put there, byte for byte, and nothing under another key or for another instance', () => {
    using at = place()
    const store = open(at.directory)
    const kept = entry('a', 'k1')
    store.put(kept)
    const looked = open(at.directory).get(whose, 'k1')
    assert.ok(looked !== undefined && 'entry' in looked)
    assert.deepEqual(looked.entry.ended, kept.ended)
    assert.deepEqual(Buffer.from(looked.entry.files.patch ?? []), kept.files.patch)
    assert.equal(store.get(whose, 'k2'), undefined)
    assert.equal(store.get({ ...whose, id: 'b' }, 'k1'), undefined)
    assert.equal(store.get({ ...whose, name: 'other' }, 'k1'), undefined)
    assert.equal(store.newest(whose)?.key, 'k1')
  })

  it('says so where an entry is damaged anywhere, or cut off anywhere, and never gives it', () => {
    using at = place()
    open(at.directory).put(entry('a', 'k1'))
    const [file] = storedFiles(at.directory, 0)
    assert.ok(file)
    const whole = readFileSync(file.path)
    for (let place = 0; place < whole.length; place += 7) {
      const damaged = Buffer.from(whole)
      damaged[place] = (damaged[place] ?? 0) ^ 1
      writeFileSync(file.path, damaged)
      assert.match(problemOf(open(at.directory).get(whose, 'k1')) ?? '', /damaged|format|sealed/, `byte ${place}`)
    }
    for (let length = 0; length < whole.length; length += 11) {
      writeFileSync(file.path, whole)
      truncateSync(file.path, length)
      assert.match(problemOf(open(at.directory).get(whose, 'k1')) ?? '', /damaged/, `${length} bytes`)
    }
  })

  it('takes nothing of another format, and says which', () => {
    using at = place()
    open(at.directory).put(entry('a', 'k1'))
    const [file] = storedFiles(at.directory, 0)
    assert.ok(file)
    writeFileSync(file.path, readFileSync(file.path, 'latin1').replace('[1,', '[2,'), 'latin1')
    assert.equal(problemOf(open(at.directory).get(whose, 'k1')), 'is of format 2, not 1')
  })

  it('takes nothing that is sealed by somebody else, or was carried over from another namespace', () => {
    using at = place()
    open(at.directory, { namespace: 'untrusted' }).put(entry('a', 'k1'))
    assert.equal(open(at.directory).get(whose, 'k1'), undefined)
    open(at.directory).put(entry('a', 'k1'))
    assert.match(problemOf(open(at.directory, { seal: 'other' }).get(whose, 'k1')) ?? '', /is not sealed/)
    const [one, other] = storedFiles(at.directory, 0).toSorted((a, b) => (a.path < b.path ? -1 : 1))
    assert.ok(one && other && other.path.includes('/untrusted/'))
    writeFileSync(one.path, readFileSync(other.path))
    assert.match(problemOf(open(at.directory).get(whose, 'k1')) ?? '', /is not sealed/)
  })

  it('lets go of what was of no use for longest', () => {
    using at = place()
    const store = open(at.directory)
    for (const [index, id] of ['a', 'b', 'c'].entries()) store.put(entry(id, `k${index}`, Buffer.alloc(10_000)))
    for (const { path } of storedFiles(at.directory, 0)) utimesSync(path, 1, 1)
    assert.ok(store.get({ name: 'test', id: 'a' }, 'k0'))
    const size = storedFiles(at.directory, 0)[0]?.bytes ?? 0
    assert.equal(open(at.directory, { maxBytes: size + 100 }).prune().length, 2)
    assert.ok(store.get({ name: 'test', id: 'a' }, 'k0'))
    assert.equal(store.get({ name: 'test', id: 'b' }, 'k1'), undefined)
  })

  it('is never half written to, by several processes that write, read and prune at once', async () => {
    using at = place()
    const source = new URL('writer.ts', import.meta.url).pathname
    const writers = Array.from({ length: 3 }, (_, index) =>
      spawn(process.execPath, [source, at.directory, String(index)]),
    )
    const codes = await Promise.all(
      writers.map((child) => new Promise((done) => child.on('close', (code) => done(code)))),
    )
    assert.deepEqual(codes, [0, 0, 0])
    const left = readdirSync(at.directory, { recursive: true, encoding: 'utf8' })
    assert.deepEqual(
      left.filter((name) => name.endsWith('.tmp')),
      [],
    )
  })
})
