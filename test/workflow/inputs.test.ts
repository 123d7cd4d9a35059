import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
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
