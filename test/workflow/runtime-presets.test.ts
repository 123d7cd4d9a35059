import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runtimePresets } from '../../src/workflow/runtime-presets.ts'
import { compileText } from './golden-files.ts'

describe('the presets of `runtimes:`', () => {
  for (const [name, entry] of Object.entries(runtimePresets))
    it(`${name} is what a file could say, with paths that are JMESPaths`, () => {
      const file = { runtimes: { written: entry, preset: { preset: name } }, instances: { a: { run: 'true' } } }
      const { plan, diagnostics } = compileText(JSON.stringify(file))
      assert.deepEqual(diagnostics, [])
      assert.deepEqual(plan?.runtimes['preset'], plan?.runtimes['written'])
    })

  it('are overridden by what is written beside them', () => {
    const { plan } = compileText(
      JSON.stringify({
        runtimes: { mine: { preset: 'aider', env: ['MINE'], parse: { format: 'json', text: 'a' } } },
        instances: { a: { run: 'true' } },
      }),
    )
    assert.deepEqual(plan?.runtimes['mine']?.env, ['MINE'])
    assert.equal(plan?.runtimes['mine']?.parse.text, 'a')
    assert.equal(plan?.runtimes['mine']?.command[0], 'aider')
  })
})
