import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { processesOf } from '../../src/core/definitions.ts'
import { compile } from '../../src/workflow/compile.ts'
import { resolveInputs } from '../../src/workflow/inputs.ts'

const declared = {
  base: { type: 'string', default: 'main', required: false },
  depth: { type: 'number', required: false },
  dry: { type: 'boolean', required: false },
  level: { type: 'choice', options: ['low', 'high'], required: true },
} as const

describe('the inputs of a run', () => {
  it('have the types they are declared with, and defaults', () =>
    assert.deepEqual(resolveInputs(declared, { depth: '2.5', dry: 'true', level: 'low' }), {
      inputs: { base: 'main', depth: 2.5, dry: true, level: 'low' },
      problems: [],
    }))

  it('say all that is wrong with them', () =>
    assert.deepEqual(resolveInputs(declared, { depth: 'two', dry: 'yes', bsae: 'x', toString: 'x' }).problems, [
      'unknown input `bsae`, did you mean `base`?',
      'unknown input `toString`',
      'the input `depth` must be a number, found `two`',
      'the input `dry` must be `true` or `false`, found `yes`',
      'the input `level` is required',
    ]))

  it('take only the options of a choice', () =>
    assert.deepEqual(resolveInputs(declared, { level: 'medium' }).problems, [
      'the input `level` must be one of `low`, `high`, found `medium`',
    ]))
})

describe('an input that several files declare', () => {
  const included = (who: string, more = ''): string => `
inputs: { who: { default: ${who} }, model: { default: '' } }
instances: { ${who}: { prompt: hi, runtime: '\${{ inputs.who }}', model: '\${{ inputs.model }}' } }
${more}`
  const made = (text: string, given: Record<string, string> = {}) => {
    const files: Record<string, string> = {
      'claude.yml': included('claude'),
      'codex.yml': included('codex', 'defaults: { codex: { model: gpt-5 } }'),
    }
    const options = { runtimes: runtimeFacts(), read: (path: string) => files[path], inputs: given }
    const { plan, diagnostics } = compile('ci.yml', text, options)
    assert.ok(plan, JSON.stringify(diagnostics))
    const processes = processesOf(plan.instances).map(({ id, process }) => [id, process.runtime, process.model])
    return { processes, compiled: plan.compiledInputs, inputs: resolveInputs(plan.inputs, given).inputs }
  }

  it('has in all of them the value that the last says, and a model that comes to nothing is that of defaults', () => {
    const both = 'include: [claude.yml, codex.yml]\n'
    const { processes, compiled, inputs } = made(both)
    assert.deepEqual(processes, [
      ['claude', 'codex', 'gpt-5'],
      ['codex', 'codex', 'gpt-5'],
    ])
    assert.deepEqual(compiled, inputs)
    const outer = made(`${both}inputs: { who: { default: claude }, model: { default: opus } }\n`)
    assert.deepEqual(
      outer.processes.map(([, runtime]) => runtime),
      ['claude', 'claude'],
    )
    assert.deepEqual(outer.compiled, outer.inputs)
    assert.deepEqual(
      made(both, { who: 'claude' }).processes.map(([, runtime]) => runtime),
      ['claude', 'claude'],
    )
  })
})
