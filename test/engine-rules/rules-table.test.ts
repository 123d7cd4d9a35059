import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { actionsColumn, groupResultOf, outcomeOf, readRows, type RuleRow } from './rules-table.ts'

const page = join(import.meta.dirname, '../../docs/edges-and-conditions.md')
const rules = readRows(page, 'becomes')
const groups = readRows(page, 'group')

const titleOf = ({ line, cells }: RuleRow): string =>
  `line ${line}: ${Object.values(cells)
    .filter((cell) => cell !== '')
    .join(' | ')}`

describe('docs/edges-and-conditions.md', () => {
  it('has the rows it promises', () => {
    assert.ok(rules.length >= 120, `${rules.length} rows`)
    assert.ok(groups.length >= 15, `${groups.length} rows about groups`)
  })

  for (const row of rules)
    it(titleOf(row), () => {
      assert.equal(outcomeOf(row), row.cells['becomes'])
      assert.equal(actionsColumn(row), row.cells['in Actions'])
    })

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
