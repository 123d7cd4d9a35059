import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { skip } from './project.ts'

const entry = resolve(import.meta.dirname, '../../dist/action/index.js')

/** What the action says to one command in a workspace of its own, where its files for the runner are the paths given. */
function runCommand(
  t: TestContext,
  paths: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = {},
) {
  const workspace = mkdtempSync(join(tmpdir(), 'unwritable-'))
  t.after(() => rmSync(workspace, { recursive: true }))
  mkdirSync(join(workspace, 'folder'))
  writeFileSync(join(workspace, 'file'), '')
  const commandFiles = Object.entries({ GITHUB_OUTPUT: 'output', GITHUB_STATE: 'state', ...paths })
  const { status, stdout, stderr } = spawnSync(process.execPath, [entry], {
    cwd: workspace,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      HOME: workspace,
      GITHUB_EVENT_NAME: 'push',
      GITHUB_WORKSPACE: workspace,
      INPUT_MODE: 'single',
      INPUT_COMMAND: 'echo done',
      RUNNER_TEMP: join(workspace, more['temp'] ?? ''),
      ...Object.fromEntries(commandFiles.map(([name, path]) => [name, join(workspace, path)])),
    },
  })
  assert.equal(stderr, '')
  return { code: status, told: stdout, output: () => readFileSync(join(workspace, 'output'), 'utf8') }
}

describe('the action, when it cannot write', { skip }, () => {
  it('its run directory, says so and is no bug', (t) => {
    const { code, told, output } = runCommand(t, {}, { temp: 'file' })
    assert.equal(code, 1, told)
    assert.match(told, /^::error::cannot make the run directory: ENOTDIR: /m)
    assert.doesNotMatch(told, /bug/)
    assert.match(output(), /^result<<.*\nfailure$/m)
  })

  it('its outputs, fails: who reads them must not take them for empty', (t) => {
    const { code, told } = runCommand(t, { GITHUB_OUTPUT: 'folder' })
    assert.equal(code, 1, told)
    assert.match(told, /^✓ single success/m)
    assert.match(told, /^::error::The outputs of this step could not be written: EISDIR/m)
  })

  it('its state, runs all the same', (t) => {
    const { code, told } = runCommand(t, { GITHUB_STATE: 'folder' })
    assert.equal(code, 0, told)
    assert.match(told, /^::warning::The post step will not know about this run: EISDIR/m)
    assert.match(told, /^✓ single success/m)
  })
})
