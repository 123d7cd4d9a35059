import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { withoutSource } from '../../src/workflow/builder.ts'
import { compile } from '../../src/workflow/compile.ts'
import { printPlan } from '../../src/workflow/print.ts'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { compileGolden, goldenNames, goldenRuntimes } from '../workflow/golden-files.ts'

describe('printPlan', () => {
  for (const name of goldenNames('ok'))
    it(`prints ${name} as a file that compiles to the same plan`, () => {
      const { plan } = compileGolden('ok', name)
      assert.ok(plan)
      const text = printPlan(plan)
      const again = compile('printed.yml', text, { read: () => undefined, runtimes: goldenRuntimes })
      assert.ok(again.plan, `${text}\n${renderDiagnostics(again.diagnostics, again.sources, 'text')}`)
      const { compiledInputs: _, ...values } = withoutSource(plan)
      assert.deepEqual(withoutSource(again.plan), values)
    })
})
