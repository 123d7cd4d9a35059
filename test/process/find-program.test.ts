import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { createProgramFinder } from '../../src/process/find-program.ts'
import { startOf } from '../../src/process/npm-shim.ts'

const root = mkdtempSync(join(tmpdir(), 'find-program-'))
after(() => rmSync(root, { recursive: true }))

const place = (folder: string, files: Record<string, string>): string => {
  const path = join(root, folder)
  mkdirSync(path)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text, { mode: 0o755 })
  return path
}

/** As cmd-shim 8.0.0, which npm uses, writes them. */
const start =
  '@ECHO off\r\nGOTO start\r\n:find_dp0\r\nSET dp0=%~dp0\r\nEXIT /b\r\n:start\r\nSETLOCAL\r\nCALL :find_dp0\r\n'
const byInterpreter = (command: string): string =>
  `${start}\r\nIF EXIST "%dp0%\\node.exe" (\r\n  SET "_prog=%dp0%\\node.exe"\r\n) ELSE (\r\n  SET "_prog=node"\r\n  SET PATHEXT=%PATHEXT:;.JS;=;%\r\n)\r\n\r\nendLocal & goto #_undefined_# 2>NUL || title %COMSPEC% & ${command}\r\n`

describe('a program on Windows', () => {
  it('is one with an extension that can be run, not the shell script npm puts beside it', () => {
    const path = place('both', { codex: '#!/bin/sh\n', 'codex.cmd': '', 'codex.ps1': '' })
    const find = createProgramFinder('.COM;.EXE;.BAT;.cmd', true)
    assert.equal(find('codex', path), join(path, 'codex.cmd'))
    assert.equal(find('codex.ps1', path), join(path, 'codex.ps1'))
    assert.equal(createProgramFinder(undefined, false)('codex', path), join(path, 'codex'))
  })

  it("that npm put there is started without its batch file's shell", () => {
    const path = place('shims', {
      'claude.cmd': `${start}"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\bin\\claude.exe"   %*\r\n`,
      'codex.cmd': byInterpreter('"%_prog%"  "%dp0%\\..\\@openai\\codex\\bin\\codex.js" %*'),
    })
    assert.deepEqual(startOf(join(path, 'claude.cmd')), [
      join(path, 'node_modules/@anthropic-ai/claude-code/bin/claude.exe'),
    ])
    assert.deepEqual(startOf(join(path, 'codex.cmd')), ['node', join(root, '@openai/codex/bin/codex.js')])
    writeFileSync(join(path, 'node.exe'), '')
    assert.equal(startOf(join(path, 'codex.cmd'))[0], join(path, 'node.exe'))
  })

  it('is left as it is where more stands behind it', () => {
    const path = place('others', {
      'flags.cmd': byInterpreter('"%_prog%" --no-warnings "%dp0%\\..\\a\\flags.js" %*'),
      'shell.cmd': byInterpreter('"%_prog%"  "%dp0%\\..\\a\\shell.sh" %*'),
      'npm.cmd': '"%NODE_EXE%" "%NPM_CLI_JS%" %*\r\n',
      'own.cmd': '@echo off\r\necho hello %*\r\n',
    })
    for (const name of ['flags.cmd', 'shell.cmd', 'npm.cmd', 'own.cmd'])
      assert.deepEqual(startOf(join(path, name)), [join(path, name)], name)
    assert.deepEqual(startOf('/bin/codex'), ['/bin/codex'])
  })
})
