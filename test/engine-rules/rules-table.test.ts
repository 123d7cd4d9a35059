import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { actionsColumn, groupResultOf, outcomeOf, quorumOf, readRows, repeatedOf, type RuleRow } from './rules-table.ts'

const page = join(import.meta.dirname, '../../docs/edges-and-conditions.md')
const rules = readRows(page, 'becomes')
const groups = readRows(page, 'group')
const quorums = readRows(page, 'asks for')
const repeated = readRows(page, 'repeated group')

const titleOf = ({ line, cells }: RuleRow): string =>
  `line ${line}: ${Object.values(cells)
    .filter((cell) => cell !== '')
    .join(' | ')}`

describe('docs/edges-and-conditions.md', () => {
  it('has the rows it promises', () => {
    assert.ok(rules.length >= 120, `${rules.length} rows`)
    assert.ok(groups.length >= 15, `${groups.length} rows about groups`)
    assert.ok(quorums.length >= 10 && repeated.length >= 8, 'rows about quorums and rounds')
  })

  for (const row of rules)
    it(titleOf(row), () => {
      assert.equal(outcomeOf(row), row.cells['becomes'])
      assert.equal(actionsColumn(row), row.cells['in Actions'])
    })

  for (const row of quorums) it(titleOf(row), () => assert.equal(quorumOf(row), row.cells['what needs it']))

  for (const row of repeated) it(titleOf(row), () => assert.equal(repeatedOf(row), row.cells['repeated group']))

  for (const row of groups) it(titleOf(row), () => assert.equal(groupResultOf(row), row.cells['group']))

  it('differs from Actions only where it says so', () => {
    const different = rules.filter(({ cells }) => {
      const here = cells['becomes']?.startsWith('runs') === true ? 'runs' : 'skipped'
      return cells['in Actions'] !== '–' && cells['in Actions'] !== here
    })
    assert.deepEqual(
      different.map(({ cells }) => cells['upstreams']),
      ['a: failure, b<a: success', 'a: skipped, b<a: success', 'a: failure, b<a: success'],
    )
  })
})
