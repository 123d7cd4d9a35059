import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { compile } from '../../src/workflow/compile.ts'
import { detectImport, importFile } from '../../src/workflow/import-file.ts'
import { goldenRuntimes } from '../workflow/golden-files.ts'

const golden = join(import.meta.dirname, '../golden/import')
const inputs = readdirSync(golden).filter((name) => !name.endsWith('.out'))

/** What `orchestrator import` shows: the file, or what is wrong. */
function show(name: string): string {
  const { text, diagnostics, sources } = importFile(name, readFileSync(join(golden, name), 'utf8'))
  return [text ?? '', diagnostics.length === 0 ? '' : renderDiagnostics(diagnostics, sources, 'line')]
    .filter((part) => part !== '')
    .join('---\n')
}

describe('importFile', () => {
  for (const name of inputs)
    it(name, () => {
      const path = join(golden, `${name}.out`)
      const actual = `${show(name).trimEnd()}\n`
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual)
      assert.equal(actual, readFileSync(path, 'utf8'))
    })

  it('gives every error a place', () => {
    for (const name of inputs)
      for (const diagnostic of importFile(name, readFileSync(join(golden, name), 'utf8')).diagnostics)
        assert.ok(diagnostic.range !== undefined && diagnostic.range.start.line >= 1, diagnostic.message)
  })

  it('gives files that compile', () => {
    for (const name of inputs.filter((input) => !input.startsWith('bad'))) {
      const { text } = importFile(name, readFileSync(join(golden, name), 'utf8'))
      const { plan, diagnostics, sources } = compile('imported.yml', text ?? '', {
        read: () => undefined,
        runtimes: goldenRuntimes,
      })
      // An approval is imported, and refused until there is one: better than to go on without asking.
      const mistakes = diagnostics.filter(({ code, severity }) => severity === 'error' && code !== 'unsupported')
      assert.deepEqual(mistakes, [], renderDiagnostics(diagnostics, sources, 'text'))
      assert.equal(plan === undefined, /approval: true|runtimes:/.test(text ?? ''))
    }
  })

  it('keeps what an instance list says', () => {
    const { text } = importFile('instances.json', readFileSync(join(golden, 'instances.json'), 'utf8'))
    const { plan } = compile('imported.yml', text ?? '', { read: () => undefined, runtimes: goldenRuntimes })
    const [first] = plan?.instances ?? []
    assert.ok(first?.kind === 'process')
    assert.equal(first.label, 'Unit tests!')
    assert.deepEqual(first.process.allowedTools, ['Bash', 'Read'])
    assert.equal(first.process.safety, 'autonomous')
    assert.equal(plan?.budget?.onExceeded, 'cancel')
  })

  it('never throws, whatever it is given', () => {
    const texts = inputs.map((name) => readFileSync(join(golden, name), 'utf8'))
    for (const text of texts)
      for (let cut = 0; cut < text.length; cut += 7) {
        importFile('cut', text.slice(0, cut))
        importFile('hole', text.slice(0, cut) + text.slice(cut + 3))
        detectImport(text.slice(cut))
      }
    for (const text of [
      '',
      'null',
      '[]',
      '1',
      '{',
      'instances: []',
      'stages: [null]',
      '{"instances":[{"command":null}]}',
    ])
      assert.equal(importFile('odd', text).text, undefined)
  })
})

describe('detectImport', () => {
  it('tells the formats apart', () => {
    assert.equal(detectImport('{ "instances": [{ "command": "/x" }] }'), 'instances')
    assert.equal(detectImport('instances:\n- command: /x'), 'instances')
    assert.equal(detectImport('{\n\t"instances": [\n\t\t{ "command": "/x" }\n\t]\n}'), 'instances')
    assert.equal(detectImport('agents: []\nstages:\n  - name: a'), 'stages')
  })

  it('takes no orchestration file for a foreign one because its instances are a list', () => {
    for (const text of [
      'name: n\ninstances:\n  - id: tests\n    run: npm test\n  - id: report\n    needs: tests\n    prompt: Sum up.',
      'instances:\n  - id: tests\n    prompt: Sum up.',
      'name: n\ninstances:\n  - name: a\n    prompt: Sum up.',
      'instances:\n  - name: a\n    prompt: Sum up.\n    runtime: claude',
      'instances:\n  - tests: { run: npm test }',
      'instances: [tests, report]',
      'instances:\n  - name: a\n    command: [npm, test]',
      'inputs: {}\ninstances:\n  - prompt: Sum up.',
      'instances: { a: { run: x } }\nstages:\n  - name: one',
    ])
      assert.equal(detectImport(text), undefined, text)
  })

  it('still takes a foreign list for one, whatever else is in it', () => {
    for (const text of [
      'instances:\n  - name: a\n    prompt: Sum up.',
      'instances:\n  - { id: a, command: /x, allowed_tools: [Read] }',
      'name: n\ninstances:\n  - { name: a, command: /x, permission_mode: plan }',
      'name: n\nbudget: { overall_budget: 5 }\ninstances:\n  - { name: a, command: /x }',
    ])
      assert.equal(detectImport(text), 'instances', text)
  })

  it('leaves orchestration files alone', () => {
    assert.equal(detectImport('instances:\n  a: { run: "true" }'), undefined)
    assert.equal(detectImport('instances:\n  stages:\n    - nothing'), undefined)
    assert.equal(detectImport('instances: [unclosed'), undefined)
    assert.equal(detectImport(''), undefined)
  })
})
