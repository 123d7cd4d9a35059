import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { createGraph, findCycles } from '../../src/workflow/cycles.ts'
import { compileText } from './golden-files.ts'

interface Edges {
  readonly size: number
  readonly pairs: readonly (readonly [number, number])[]
}

/** Graphs of few nodes, so that cycles are common. */
const graphs: fc.Arbitrary<Edges> = fc.integer({ min: 1, max: 9 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    pairs: fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), {
      maxLength: 14,
      selector: ([from, to]) => `${from} ${to}`,
    }),
  }),
)

function fileOf({ size, pairs }: Edges): string {
  const lines = ['instances:']
  for (let node = 0; node < size; node++) {
    const needs = pairs.filter(([, to]) => to === node).map(([from]) => `n${from}`)
    lines.push(`  n${node}: { run: make, needs: [${needs.join(', ')}] }`)
  }
  return `${lines.join('\n')}\n`
}

/** Length of the shortest cycle, by matrix powers: slow, and sure. */
function shortestLength({ size, pairs }: Edges): number {
  let paths = Array.from({ length: size }, (_, from) =>
    Array.from({ length: size }, (_, to) => pairs.some(([a, b]) => a === from && b === to)),
  )
  const step = paths
  for (let length = 1; length <= size; length++) {
    if (paths.some((row, node) => row[node])) return length
    paths = paths.map((row) => row.map((_, to) => row.some((reached, via) => reached && step[via]?.[to] === true)))
  }
  return Number.POSITIVE_INFINITY
}

describe('random graphs', () => {
  it('are accepted exactly when they have no cycle', () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const { plan, diagnostics } = compileText(fileOf(graph))
        const isAcyclic = shortestLength(graph) === Number.POSITIVE_INFINITY
        assert.equal(plan !== undefined, isAcyclic)
        assert.equal(
          diagnostics.some(({ code }) => code === 'cycle'),
          !isAcyclic,
        )
      }),
      { numRuns: 500 },
    ))

  it('have every cycle reported: without the edges of the reported ones none is left, and the shortest is among them', () =>
    fc.assert(
      fc.property(graphs, (graph) => {
        const cycles = findCycles(
          createGraph(
            graph.size,
            graph.pairs.map(([from]) => from),
            graph.pairs.map(([, to]) => to),
          ),
        )
        const used = new Set<string>()
        for (const cycle of cycles)
          for (const [index, node] of cycle.entries()) {
            const edge = `${node} ${cycle[(index + 1) % cycle.length]}`
            assert.ok(
              graph.pairs.some(([from, to]) => `${from} ${to}` === edge),
              `${edge} is no edge`,
            )
            used.add(edge)
          }
        const left = { size: graph.size, pairs: graph.pairs.filter(([from, to]) => !used.has(`${from} ${to}`)) }
        assert.equal(shortestLength(left), Number.POSITIVE_INFINITY)
        assert.equal(Math.min(...cycles.map((cycle) => cycle.length)), shortestLength(graph))
      }),
      { numRuns: 1000 },
    ))

  it('compile to the same plan each time', () =>
    fc.assert(
      fc.property(graphs, (graph) => assert.deepEqual(compileText(fileOf(graph)), compileText(fileOf(graph)))),
      { numRuns: 100 },
    ))
})

describe('a ring of 10,000 instances', () => {
  it('is reported with its whole trail', () => {
    const size = 10_000
    const graph = createGraph(
      size,
      Array.from({ length: size }, (_, index) => index),
      Array.from({ length: size }, (_, index) => (index + 1) % size),
    )
    assert.deepEqual(
      findCycles(graph).map((cycle) => cycle.length),
      [size],
    )
  })
})
