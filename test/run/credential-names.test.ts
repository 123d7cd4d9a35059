import assert from 'node:assert/strict'
import { it } from 'node:test'
import { credentialNames } from '../../src/action/trust.ts'
import { compile } from '../../src/index.ts'

it('withholds the secrets of every definition a run can come to start', () => {
  const { plan, diagnostics } = compile(
    'plan.yml',
    `
agents:
  other: { runtime: claude, secrets: [OF_FALLBACK] }
instances:
  list: { run: echo 1, secrets: [OF_INSTANCE] }
  cells:
    needs: list
    strategy: { matrix: { n: "\${{ fromJSON(needs.list.text) }}" } }
    run: 'true'
    secrets: [OF_CELL]
  asked: { prompt: Hello, fallback: [{ agent: other }] }
`,
  )
  assert.ok(plan !== undefined, JSON.stringify(diagnostics))
  const environment = { OF_INSTANCE: 'a', OF_CELL: 'b', OF_FALLBACK: 'c', UNRELATED: 'd' }
  assert.deepEqual(credentialNames(plan, environment).toSorted(), ['OF_CELL', 'OF_FALLBACK', 'OF_INSTANCE'])
})
