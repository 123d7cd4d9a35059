import assert from 'node:assert/strict'
import { it } from 'node:test'
import { jsonPieces } from '../../src/core/json-pieces.ts'

const value = {
  text: 'a "quoted"\nline',
  missing: undefined,
  none: null,
  empty: { list: [], map: {} },
  map: { inner: { list: [[1, [2]], { deep: ['x'], gone: undefined }, 'y\n', null] } },
}

for (const indent of [0, 2])
  it(`is what JSON.stringify makes with an indent of ${indent}, and a line end`, () => {
    assert.equal([...jsonPieces(value, indent)].join(''), `${JSON.stringify(value, null, indent)}\n`)
  })

it('takes a list that is made while it is written, and gives it piece by piece', () => {
  let made = 0
  function* items(): Generator<string> {
    for (; made < 10_000; made++) yield `item ${made}`
  }
  const pieces = jsonPieces({ items: items() })
  const first = pieces.next().value
  assert.ok(made < 5000, `${made} items were made for the first piece`)
  assert.deepEqual(
    JSON.parse(`${first}${[...pieces].join('')}`).items,
    Array.from({ length: 10_000 }, (_, at) => `item ${at}`),
  )
})

for (const indent of [0, 2])
  it(`makes many items of a list into text at once, however deep it lies and whatever their size, with an indent of ${indent}`, () => {
    const items = Array.from({ length: 3000 }, (_, at) =>
      at % 700 === 699
        ? { long: 'x\n'.repeat(20_000), inner: [[at], {}] }
        : [at, `${at}`, { at, list: [], map: { at: null } }][at % 3],
    )
    const deep = { items, map: { items: items.values(), map: { items: new Set([1, 'two', []]) } } }
    const pieces = [...jsonPieces(deep, indent)]
    const plain = { items, map: { items, map: { items: [1, 'two', []] } } }
    assert.equal(pieces.join(''), `${JSON.stringify(plain, null, indent)}\n`)
    assert.ok(pieces.length > 4, `${pieces.length} pieces`)
  })
