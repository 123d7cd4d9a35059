import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createFileCommands } from '../../src/github/file-commands.ts'
import { parseFileCommand } from '../rig/runner-commands.ts'

const directory = mkdtempSync(join(tmpdir(), 'file-commands-'))
after(() => rmSync(directory, { recursive: true }))

function open(token: () => string = randomUUID) {
  const own = mkdtempSync(join(directory, 'stage-'))
  const paths = { output: join(own, 'output'), state: join(own, 'state'), summary: join(own, 'summary') }
  return { paths, files: createFileCommands(paths, token) }
}

describe('file commands', () => {
  it('carry any value to the runner', () => {
    const { paths, files } = open()
    const values = { plain: 'a', empty: '', lines: 'a\nb\n', forged: 'a\nresult=success\nresult<<EOF\nsuccess\nEOF' }
    for (const [name, value] of Object.entries(values)) files.setOutput(name, value)
    assert.deepEqual(parseFileCommand(readFileSync(paths.output, 'utf8')), values)
  })

  it('refuse a value that knows the delimiter', () => {
    const { files } = open(() => 'known')
    assert.throws(() => files.saveState('x', 'a\nghadelimiter_known\nresult=success'))
  })

  it('know how much of a summary still fits', () => {
    const { paths, files } = open()
    assert.equal(files.summaryRoom(), 1024 * 1024 - 1)
    writeFileSync(paths.summary, 'x'.repeat(1024 * 1024 - 100))
    files.appendSummary('y'.repeat(files.summaryRoom()))
    assert.ok(readFileSync(paths.summary).length <= 1024 * 1024)
    assert.equal(files.summaryRoom(), 0)
  })

  it('do nothing outside a runner', () => {
    const files = createFileCommands({ output: undefined, state: undefined, summary: undefined }, randomUUID)
    files.setOutput('a', 'b')
    assert.equal(files.appendSummary('x'), false)
    assert.equal(files.summaryRoom(), 0)
  })
})
