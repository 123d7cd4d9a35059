import assert from 'node:assert/strict'
import { it } from 'node:test'
import { messagesApi } from '../../src/simulate/messages-api.ts'
import { createPrefixCache } from '../../src/simulate/prefix-cache.ts'

const long = 'data '.repeat(2000)
const usage = { input: 3000, cacheRead: 0, cacheWrite: 2048, output: 9 }

function requestOf(prompt: string, { system = 'be kind', marked = true, data = long } = {}) {
  const kept = marked ? { cache_control: { type: 'ephemeral' } } : {}
  const content = [
    { type: 'text', text: data, ...kept },
    { type: 'text', text: prompt },
  ]
  const body = { model: 'm', system: [{ type: 'text', text: system }], messages: [{ role: 'user', content }] }
  return messagesApi.read(
    JSON.parse(JSON.stringify(body)),
    { instance: 'a', attempt: 1, number: 1 },
    /./.exec('x') as RegExpExecArray,
  )
}

it('what is marked is written once and read by others, from the first answer on, for five minutes after the last', () => {
  let now = 0
  const cache = createPrefixCache(() => now)
  const first = requestOf('one')
  assert.deepEqual(cache.count(first, usage), { ...usage, input: 500, cacheWrite: 2048 + 2500 })
  // Before the first has been answered there is nothing to read.
  assert.equal(cache.count(requestOf('two'), usage).cacheWrite, 2048 + 2500)
  cache.keep(first)
  const read = { ...usage, input: 500, cacheRead: 2048 + 2500, cacheWrite: 0 }
  assert.deepEqual(cache.count(requestOf('two'), usage), read)
  now += 299_999
  assert.deepEqual(cache.count(requestOf('three'), usage), read)
  now += 299_999
  assert.deepEqual(cache.count(requestOf('four'), usage), read)
  now += 300_000
  assert.equal(cache.count(requestOf('five'), usage).cacheRead, 0)
})

it('one byte before the mark, no mark, or too little to keep, and nothing is read', () => {
  const cache = createPrefixCache(() => 0)
  cache.keep(requestOf('one'))
  assert.equal(cache.count(requestOf('one', { system: 'be quick' }), usage).cacheRead, 0)
  assert.equal(cache.count(requestOf('one', { data: `${long}.` }), usage).cacheRead, 0)
  assert.deepEqual(cache.count(requestOf('one', { marked: false }), usage), usage)
  const short = requestOf('one', { data: 'short' })
  cache.keep(short)
  assert.deepEqual(cache.count(short, usage), usage)
})
