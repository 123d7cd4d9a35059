import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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
    assert.deepEqual(own.restore().touched, ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH'])
    assert.deepEqual(parseFileCommand(readFileSync(paths.output, 'utf8')), { first: '1', second: '2' })
    assert.equal(readFileSync(paths.env, 'utf8'), 'FROM_EARLIER=1\n')
    assert.equal(readFileSync(paths.path, 'utf8'), '')
    assert.equal(readFileSync(paths.summary, 'utf8'), 'ours\n')
    assert.deepEqual(
      files.restore().touched,
      ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY'],
      'one that knew nothing of the others',
    )
  })

  it('are taken back whatever was done to one of them: too large to read, unreadable, in a folder that takes nothing or is gone', () => {
    const spoil: Record<string, (paths: Readonly<Record<string, string>>) => void> = {
      'a hole of 3 GB': ({ output = '' }) => truncateSync(output, 3 * 2 ** 30),
      'no rights': ({ output = '' }) => chmodSync(output, 0),
      'a folder without rights': ({ output = '' }) => chmodSync(dirname(output), 0o500),
      'no folder': ({ output = '' }) => rmSync(dirname(output), { recursive: true }),
      'a pipe': ({ output = '' }) => {
        rmSync(output)
        spawnSync('mkfifo', [output])
      },
    }
    for (const [name, act] of Object.entries(spoil)) {
      if (name === 'a pipe' && process.platform === 'win32') continue
      const { paths } = open()
      const others = { GITHUB_ENV: paths.env, GITHUB_PATH: paths.path }
      for (const path of [paths.output, paths.state, paths.env, paths.path]) writeFileSync(path, '')
      const own = createFileCommands({ ...paths, others }, randomUUID)
      own.setOutput('first', '1')
      appendFileSync(paths.path, '/tmp/evil\n')
      appendFileSync(paths.output, 'result=forged\n')
      act(paths)
      const { touched, left } = own.restore()
      assert.deepEqual(left, [], name)
      assert.ok(touched.includes('GITHUB_OUTPUT'), name)
      assert.deepEqual(parseFileCommand(readFileSync(paths.output, 'utf8')), { first: '1' }, name)
      assert.equal(existsSync(paths.path) ? readFileSync(paths.path, 'utf8') : '', '', name)
    }
  })

  it('that cannot be taken back are named, and keep no other from it', () => {
    const { paths } = open()
    const other = open().paths
    const own = createFileCommands({ ...paths, others: { GITHUB_PATH: other.path } }, randomUUID)
    own.setOutput('first', '1')
    appendFileSync(other.path, '/tmp/evil\n')
    rmSync(dirname(paths.output), { recursive: true })
    writeFileSync(dirname(paths.output), 'where a folder was')
    const { touched, left } = own.restore()
    assert.match(left.join('; '), /^GITHUB_OUTPUT \(/)
    assert.ok(touched.includes('GITHUB_PATH'))
    assert.equal(readFileSync(other.path, 'utf8'), '')
  })

  it('that nobody else touched are named by nobody', () => {
    const { files } = open()
    files.setOutput('a', 'b')
    files.appendSummary('x')
    assert.deepEqual(files.restore(), { touched: [], left: [] })
  })
})
