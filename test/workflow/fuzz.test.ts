import assert from 'node:assert/strict'
import { it } from 'node:test'
import { fuzzCompile } from './fuzz-compile.ts'

it('compiles or refuses 3,000 mutations of the golden files without a crash, a hang or an error that has no place', () => {
  const { findings, inputs, compiled } = fuzzCompile(3000, 1)
  assert.deepEqual(
    findings.map(({ seed, problem }) => ({ seed, problem })),
    [],
  )
  assert.equal(inputs, 3000)
  assert.ok(compiled > 30, `only ${compiled} of the mutations were valid files`)
})
