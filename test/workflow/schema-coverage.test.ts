import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { goldenNames, goldenText } from './golden-files.ts'
import { schemaKeys, usedKeys } from './schema-keys.ts'

/** A value nobody writes in a file that is valid: what takes it is not there yet, or it is what a file without it says. */
const neverWritten = new Set<string>([])

describe('every key of the schema, and every word it may have', () => {
  it('stands in a valid golden, from which the fuzz and both round trips begin', () => {
    const used = new Set(
      goldenNames('ok').flatMap((name) => [...usedKeys(parse(goldenText('ok', name), { merge: true }))]),
    )
    const missing = [...schemaKeys()].filter((name) => !used.has(name) && !neverWritten.has(name))
    assert.deepEqual(missing, [])
  })

  it('is told from one that is not there', () => {
    assert.ok(schemaKeys().has('instance.strategy') && schemaKeys().has('strategy.variant'))
    assert.ok(schemaKeys().size > 300)
    assert.ok(!usedKeys({ instances: { a: { strategy: { variants: {} } } } }).has('strategy.variants'))
    assert.ok(usedKeys({ instances: { a: { needs: [{ instance: 'b', when: 'failure' }] } } }).has('when=failure'))
  })
})
