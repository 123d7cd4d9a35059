import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Instance } from '../../src/core/instance.ts'
import { instantiateTemplate, matrixCells, MatrixError } from '../../src/core/matrix.ts'

const values = (...of: Parameters<typeof matrixCells>) => matrixCells(...of).map((cell) => cell.values)

describe('the cells of a matrix', () => {
  it('are the product of its lists, the last key turning fastest', () => {
    const cells = matrixCells({ os: ['linux', 'mac'], node: [20, 24] })
    assert.deepEqual(
      cells.map((cell) => [cell.slug, cell.label]),
      [
        ['linux-20', 'linux, 20'],
        ['linux-24', 'linux, 24'],
        ['mac-20', 'mac, 20'],
        ['mac-24', 'mac, 24'],
      ],
    )
    assert.deepEqual(cells[1]?.values, { os: 'linux', node: 24 })
  })

  it('follow the example of the Actions documentation for include', () => {
    assert.deepEqual(
      values({ fruit: ['apple', 'pear'], animal: ['cat', 'dog'] }, [
        { color: 'green' },
        { color: 'pink', animal: 'cat' },
        { fruit: 'apple', shape: 'circle' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ]),
      [
        { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
        { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
        { fruit: 'pear', animal: 'cat', color: 'pink' },
        { fruit: 'pear', animal: 'dog', color: 'green' },
        { fruit: 'banana' },
        { fruit: 'banana', animal: 'cat' },
      ],
    )
  })

  it('leave out what exclude matches, wholly or in part, before include', () => {
    assert.deepEqual(
      values({ os: ['linux', 'mac'], node: [20, 24], exclude: [{ os: 'mac' }, { os: 'linux', node: 20 }] }),
      [{ os: 'linux', node: 24 }],
    )
    assert.deepEqual(values({ os: ['linux'] }, [{ os: 'linux', x: 1 }], [{ os: 'linux' }]), [{ os: 'linux', x: 1 }])
  })

  it('can come from include alone', () =>
    assert.deepEqual(values({ include: [{ site: 'a' }, { site: 'b' }] }), [{ site: 'a' }, { site: 'b' }]))

  it('have slugs that are unique file names, also where case is ignored', () =>
    assert.deepEqual(
      matrixCells({ x: ['a/b', 'a b', 'A-B', 'a-b-2', '', 'é'] }).map((cell) => cell.slug),
      ['a-b', 'a-b-2', 'A-B-3', 'a-b-2-2', 'cell', 'cell-2'],
    ))

  it('show the parts of maps and lists', () => {
    const [cell] = matrixCells({ target: [{ os: 'linux', flags: ['-a', '-b'] }] })
    assert.deepEqual([cell?.slug, cell?.label], ['linux--a--b'.replaceAll(/-+/g, '-'), 'linux, -a, -b'])
  })

  it('refuse what has no meaning', () => {
    assert.throws(() => matrixCells([1]), MatrixError)
    assert.throws(() => matrixCells({ os: 'linux' }), /`os` must be a list of values, found a string/)
    assert.throws(() => matrixCells({ os: [] }), /`os` has no values/)
    assert.throws(() => matrixCells({ os: ['a'] }, ['b']), /`include` must be a list of maps, found a string in it/)
    const long = Array.from({ length: 200 }, (_, index) => index)
    assert.throws(() => matrixCells({ a: long, b: long, c: long }), /at most 10000/)
  })

  it('of 5,000 equal values have names of their own', () => {
    const cells = matrixCells({ x: Array.from({ length: 5000 }, () => 'same') })
    assert.equal(new Set(cells.map((cell) => cell.slug)).size, 5000)
  })
})

describe('a cell made from its template', () => {
  const common = { join: 'all', outputs: {}, continueOnError: false } as const
  const template: Instance[] = [
    {
      ...common,
      kind: 'gate',
      id: 'fix.*..open',
      group: 'fix.*',
      label: 'fix.*..open',
      key: '*',
      parent: 'fix',
      needs: [{ from: 'fix..open', when: 'success', delayMs: 0, plain: false }],
      expansion: {
        matrix: '${{ fromJSON(needs.list.text) }}',
        template: [
          {
            ...common,
            kind: 'group',
            id: 'fix.*.*',
            label: 'Inner ${{ matrix.file }}',
            key: '*',
            form: 'parallel',
            gate: 'fix.*.*..open',
            members: ['fix.*.*.a'],
            failFast: false,
            needs: [],
          },
        ],
      },
    },
    {
      ...common,
      kind: 'group',
      id: 'fix.*',
      label: 'Fix',
      key: '*',
      parent: 'fix',
      form: 'sequence',
      gate: 'fix.*..open',
      members: ['fix.*.step-1'],
      failFast: false,
      names: { other: 'fix.*.other', far: 'far' },
      needs: [{ from: 'fix.*.step-1', when: 'always', delayMs: 0, plain: false }],
    },
  ]
  const [cell] = matrixCells({ file: ['src/a.ts'] })
  assert.ok(cell)
  const [gate, group] = instantiateTemplate(template, 'fix', cell)

  it('has its slug in every id', () => {
    assert.ok(gate?.kind === 'gate' && group?.kind === 'group')
    assert.deepEqual([gate.id, gate.group, gate.parent], ['fix.src-a-ts..open', 'fix.src-a-ts', 'fix'])
    assert.deepEqual(gate.needs[0]?.from, 'fix..open')
    assert.deepEqual([group.id, group.key, group.gate], ['fix.src-a-ts', 'src-a-ts', 'fix.src-a-ts..open'])
    assert.deepEqual(group.members, ['fix.src-a-ts.step-1'])
    assert.equal(group.needs[0]?.from, 'fix.src-a-ts.step-1')
    assert.deepEqual(group.names, { other: 'fix.src-a-ts.other', far: 'far' })
    assert.equal(gate.expansion?.template[0]?.id, 'fix.src-a-ts.*')
  })

  it('has its values and their label', () => {
    assert.deepEqual(group?.matrix, { file: 'src/a.ts' })
    assert.equal(group?.label, 'Fix (src/a.ts)')
    assert.ok(gate?.kind === 'gate')
    assert.equal(gate.expansion?.template[0]?.label, 'Inner src/a.ts')
  })

  it('is made 5,000 times under ids of their own', () => {
    const cells = matrixCells({ file: Array.from({ length: 5000 }, (_, index) => `src/${index}.ts`) })
    const nodes = cells.flatMap((one) => instantiateTemplate(template, 'fix', one))
    assert.equal(new Set(nodes.map((node) => node.id)).size, 10_000)
  })
})
