import assert from 'node:assert/strict'
import { it } from 'node:test'
import { matrixCells, instantiateTemplate } from '../../src/core/matrix.ts'
import { compile } from '../../src/index.ts'

it('a cell of a matrix keeps no id of its template, in whatever part of it ids stand', () => {
  const { plan } = compile(
    'a.yml',
    `
instances:
  list: { run: echo, parse: json }
  change:
    needs: list
    strategy: { matrix: { name: "\${{ needs.list.json }}" } }
    workspace: worktree
    sequence:
      - { id: edit, prompt: Do it., safety: autonomous, fallback: [{ model: haiku }, { runtime: codex }] }
      - { id: green, repeat: { until: success(), max: 2 }, sequence: [{ id: test, run: npm test }] }
      - { id: inner, strategy: { matrix: { part: "\${{ needs.edit.json }}" } }, prompt: Again., fallback: [{ runtime: codex }] }
`,
  )
  assert.ok(plan)
  const gate = plan.instances.find((each) => each.kind === 'gate' && each.group === 'change')
  assert.ok(gate?.kind === 'gate' && gate.expansion)
  const [cell] = matrixCells({ name: ['one'] })
  assert.ok(cell)
  const nodes = instantiateTemplate(gate.expansion.template, 'change', cell)
  const left = JSON.stringify(nodes).match(/"[^"]*":"[^"]*change\.\*[^"]*"/g)
  assert.deepEqual(left, null)
  const edit = nodes.find(({ id }) => id === 'change.one.edit')
  assert.ok(edit?.kind === 'process')
  assert.equal(edit.fallback[1]?.process?.workspace.group, 'change.one')
})
