import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { readInputs } from '../../src/github/inputs.ts'

const given = (inputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))

describe('the inputs of the action', () => {
  it('have defaults', () => {
    const { inputs } = readInputs({})
    assert.equal(inputs?.mode, 'run')
    assert.deepEqual(inputs?.config, ['.github/orchestrator.yml'])
    assert.equal(inputs?.only, null)
    assert.equal(inputs?.simulate, false)
    assert.equal(inputs?.comment, undefined)
  })

  it('are read in all their spellings', () => {
    const { inputs } = readInputs(
      given({ only: 'a, b\nc', 'max-parallel': '3', comment: 'false', 'artifact-name': 'none', simulate: 'rules.yml' }),
    )
    assert.deepEqual(inputs?.only, ['a', 'b', 'c'])
    assert.equal(inputs?.maxParallel, 3)
    assert.equal(inputs?.comment, 'none')
    assert.equal(inputs?.artifactName, null)
    assert.equal(inputs?.simulate, 'rules.yml')
  })

  it('name exact versions of agents to install', () => {
    const { inputs } = readInputs(given({ install: 'claude@2.1.329, codex@0.169.0\ngemini@0.61.0-nightly.1' }))
    assert.deepEqual(inputs?.install, { claude: '2.1.329', codex: '0.169.0', gemini: '0.61.0-nightly.1' })
    for (const wrong of ['claude', 'claude@latest', 'claude@2', '@x/y@1.0.0', 'claude@2.1.329;ls'])
      assert.match(readInputs(given({ install: wrong })).problems?.[0] ?? '', /an exact version, such as `claude@2/)
  })

  it('are all complained about at once', () => {
    const { problems } = readInputs(
      given({ mode: 'rnu', 'max-parallel': '0', comment: 'loud', prompt: 'x', config: 'a.yml\nb.yml' }),
    )
    assert.equal(problems?.length, 5)
    assert.match(problems?.[0] ?? '', /`mode` is `rnu`; it must be `run`, `single`, `check`/)
  })

  it('want one thing to do in mode single', () => {
    assert.equal(readInputs(given({ mode: 'single' })).problems?.length, 1)
    assert.equal(readInputs(given({ mode: 'single', prompt: 'a', command: 'b' })).problems?.length, 1)
    assert.equal(readInputs(given({ mode: 'single', prompt: 'a' })).problems, undefined)
  })

  it('are those that action.yml declares, with the same defaults', () => {
    const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'))
    const declared = Object.entries<{ default?: string }>(action.inputs)
    const defaults = Object.fromEntries(
      declared.map(([name, { default: value = '' }]) => [name, value.startsWith('${{') ? '' : value]),
    )
    assert.deepEqual(readInputs(given(defaults)), readInputs({}))
    const source = readFileSync(new URL('../../src/github/inputs.ts', import.meta.url), 'utf8')
    for (const [name] of declared) assert.ok(source.includes(`'${name}'`), `input ${name} is not read`)
  })
})
