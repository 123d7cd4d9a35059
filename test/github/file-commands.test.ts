import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createFileCommands } from '../../src/github/file-commands.ts'
import { parseFileCommand } from '../rig/runner-commands.ts'

const directory = mkdtempSync(join(tmpdir(), 'file-commands-'))
after(() => rmSync(directory, { recursive: true }))

function open(token: () => string = randomUUID) {
  const own = mkdtempSync(join(directory, 'stage-'))
  const at = (name: string): string => join(own, name)
  const paths = { output: at('output'), state: at('state'), summary: at('summary'), env: at('env'), path: at('path') }
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

  it('are ours alone: what others wrote is taken back and named, and swallows nothing', () => {
    const { paths, files } = open()
    writeFileSync(paths.env, 'FROM_EARLIER=1\n')
    const own = createFileCommands({ ...paths, others: { GITHUB_ENV: paths.env, GITHUB_PATH: paths.path } }, randomUUID)
    own.setOutput('first', '1')
    appendFileSync(paths.output, 'result<<NEVER_CLOSED\nforged\n')
    own.setOutput('second', '2')
    appendFileSync(paths.env, 'NODE_OPTIONS=--require=/tmp/evil.js\n')
    rmSync(paths.path, { force: true })
    symlinkSync('/etc/passwd', paths.path)
    rmSync(paths.summary, { force: true })
    mkdirSync(paths.summary)
    own.appendSummary('ours')
    assert.deepEqual(own.restore(), ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'])
    assert.deepEqual(parseFileCommand(readFileSync(paths.output, 'utf8')), { first: '1', second: '2' })
    assert.equal(readFileSync(paths.env, 'utf8'), 'FROM_EARLIER=1\n')
    assert.equal(readFileSync(paths.path, 'utf8'), '')
    assert.equal(readFileSync(paths.summary, 'utf8'), 'ours\n')
    assert.deepEqual(files.restore(), ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'], 'one that knew nothing of the others')
  })

  it('that nobody else touched are named by nobody', () => {
    const { files } = open()
    files.setOutput('a', 'b')
    files.appendSummary('x')
    assert.deepEqual(files.restore(), [])
  })
})
