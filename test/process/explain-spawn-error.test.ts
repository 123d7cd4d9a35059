import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { createForkServer } from '../../src/process/fork-server.ts'
import { hasInterpreter } from '../../src/process/interpreter.ts'
import type { StartChild } from '../../src/process/spawn.ts'
import { describeExcess } from '../../src/process/describe-excess.ts'
import { startTrial } from './supervise-in-test.ts'

const skip = process.platform === 'win32' ? 'scripts start differently there' : false
const onLinux = process.platform === 'linux' ? false : 'the limit of one string is Linux’s'

/** Both ways that a program is started: by us, and by a fork server. */
function waysToStart(t: TestContext): (StartChild | undefined)[] {
  if (!hasInterpreter()) return [undefined]
  const server = createForkServer(`explain-${process.pid}-${t.name}`, () => {})
  t.after(() => server.close())
  return [
    undefined,
    async (spawn, mark) => {
      const child = await server.start(spawn, mark)
      assert.ok(child !== undefined, 'the fork server starts it')
      return child
    },
  ]
}

/** Asserts what is said of a program, made in its working directory, that cannot start, whichever way it is started. */
async function assertSaid(
  t: TestContext,
  argv: readonly string[],
  expected: RegExp | string,
  prepare: (directory: string) => Partial<{ cwd: string; env: Record<string, string> }> | void = () => {},
): Promise<void> {
  const { directory } = startTrial(t, ['true'])
  const place = prepare(directory) ?? {}
  for (const start of waysToStart(t)) {
    const { spawnError } = await startTrial(t, argv, { cwd: directory, ...place, ...(start && { start }) }).ended
    assert.ok(spawnError !== undefined, 'it was not started')
    if (typeof expected === 'string') assert.equal(spawnError.detail, expected)
    else assert.match(spawnError.detail, expected)
  }
}

function script(name: string, text: string, mode = 0o755): (directory: string) => void {
  return (directory) => {
    writeFileSync(join(directory, name), text)
    chmodSync(join(directory, name), mode)
  }
}

describe('the error of a program that cannot start names what is missing:', { skip }, () => {
  it('the program on the PATH', (t) =>
    assertSaid(t, ['no-such-program'], 'the program "no-such-program" was not found on the PATH'))

  it('the program at its path', (t) => assertSaid(t, ['bin/none'], 'the program "bin/none" was not found'))

  it('the interpreter of a script', (t) =>
    assertSaid(
      t,
      ['./gone.sh'],
      'the interpreter "/opt/none/python2" that the first line of "./gone.sh" names is missing; install it, or correct the line (`#!/opt/none/python2`)',
      script('gone.sh', '#! /opt/none/python2 -u\nprint 1\n'),
    ))

  it('the interpreter of a script on the PATH', (t) =>
    assertSaid(
      t,
      ['gone'],
      /^the interpreter "\/opt\/none\/python2" that the first line of "gone" names/,
      (directory) => {
        script('gone', '#!/opt/none/python2\n')(directory)
        return { env: { PATH: directory } }
      },
    ))

  it('the line ends of a script saved on Windows', (t) =>
    assertSaid(
      t,
      ['./crlf.sh'],
      /^the script "\.\/crlf\.sh" has Windows line ends: its interpreter would be "\/bin\/sh\\r"; save it with LF/,
      script('crlf.sh', '#!/bin/sh\r\necho hi\r\n'),
    ))

  it('the x bit of a script', (t) =>
    assertSaid(
      t,
      ['./plain.sh'],
      /^the program "\.\/plain\.sh" is not executable; `chmod \+x`/,
      script('plain.sh', '#!/bin/sh\n', 0o644),
    ))

  it('the x bit of an interpreter', (t) =>
    assertSaid(
      t,
      ['./script'],
      /^the interpreter ".*\/tool" that the first line of "\.\/script" names is not executable/,
      (directory) => {
        script('tool', 'text', 0o644)(directory)
        script('script', `#!${directory}/tool\n`)(directory)
      },
    ))

  it('the file that a link leads to', (t) =>
    assertSaid(
      t,
      ['./link'],
      'the program "./link" is a symbolic link to "gone/tool", which does not exist',
      (directory) => symlinkSync('gone/tool', join(directory, 'link')),
    ))

  it('a program where a directory is', (t) =>
    assertSaid(t, ['./folder'], '"./folder" is a directory, not a program', (directory) =>
      mkdirSync(join(directory, 'folder')),
    ))

  it('the working directory', (t) =>
    assertSaid(t, ['true'], 'the working directory "/nowhere/at/all" does not exist', () => ({
      cwd: '/nowhere/at/all',
    })))

  it('a working directory where a file is', (t) =>
    assertSaid(t, ['true'], /^the working directory ".*\/file" is not a directory$/, (directory) => {
      script('file', '')(directory)
      return { cwd: join(directory, 'file') }
    }))

  it('the loader of a binary of another system', { skip: onLinux }, (t) =>
    assertSaid(
      t,
      ['./binary'],
      'the program "./binary" is there, but its loader "/lib/ld-none-vax.so.1" is missing: it was built for another system',
      script('binary', elfWithLoader('/lib/ld-none-vax.so.1')),
    ),
  )
})

describe('the error of text too long for the system', { skip }, () => {
  it('names the variable, its size and what to use instead', { skip: onLinux }, (t) =>
    assertSaid(
      t,
      ['true'],
      'the environment variable `REPORT` (200007 bytes) is too long: one argument or variable may have 131071 bytes here; pass long text in a file (`needs.<id>.stdout-file` names one) or on standard input',
      () => ({ env: { PATH: process.env['PATH'] ?? '', REPORT: 'x'.repeat(200_000) } }),
    ),
  )

  it('counts bytes, not characters, and the name with the value', { skip: onLinux }, async (t) => {
    const fits = 'é'.repeat((131_071 - 'A='.length - 1) / 2)
    const env = { PATH: process.env['PATH'] ?? '', A: fits }
    assert.equal((await startTrial(t, ['true'], { env: { ...env, A: `${fits}x` } }).ended).code, 0)
    await assertSaid(t, ['true'], /`A` \(131072 bytes\)/, () => ({ env: { ...env, A: `${fits}xx` } }))
  })

  it('names the argument by its place and the flag before it', { skip: onLinux }, (t) =>
    assertSaid(
      t,
      ['/bin/echo', '--body', 'x'.repeat(200_000)],
      /^argument 2 of `echo`, after `--body` \(200000 bytes\) is too long/,
    ),
  )

  it('names every one that is too long', { skip: onLinux }, (t) =>
    assertSaid(
      t,
      ['/bin/echo', 'x'.repeat(200_000), 'y'.repeat(300_000)],
      /^argument 2 of `echo` \(300000 bytes\), argument 1 of `echo` \(200000 bytes\) are each too long/,
    ),
  )

  it('tells the sum and the longest where no one is too long by itself', (t) =>
    assertSaid(
      t,
      ['/bin/echo', ...Array.from({ length: 80 }, () => 'x'.repeat(100_000))],
      /^arguments and environment together are too long for this system: 800\d{4} bytes in 8\d strings, the longest being argument 1 of `echo` \(100000 bytes\); pass long text in a file/,
    ))

  it('tells the sum where the system knows no limit of one', () => {
    const said = describeExcess({ argv: ['C:\\x.exe', 'x'.repeat(40_000)], env: { A: 'b' }, cwd: '.' }, 'win32')
    assert.match(said, /^arguments and environment together are too long for this system: 40014 bytes in 3 strings/)
  })
})

/** As much of a 64-bit binary as the system reads before it looks for the loader. */
function elfWithLoader(loader: string): string {
  const path = Buffer.from(`${loader}\0`)
  const header = Buffer.alloc(64 + 56)
  header.write('\u007FELF\u0002\u0001\u0001', 'latin1')
  header.writeUInt16LE(2, 16)
  header.writeUInt16LE(process.arch === 'arm64' ? 183 : 62, 18)
  header.writeUInt32LE(1, 20)
  header.writeBigUInt64LE(64n, 32)
  header.writeUInt16LE(64, 52)
  header.writeUInt16LE(56, 54)
  header.writeUInt16LE(1, 56)
  header.writeUInt32LE(3, 64)
  header.writeBigUInt64LE(BigInt(header.length), 64 + 8)
  header.writeBigUInt64LE(BigInt(path.length), 64 + 32)
  header.writeBigUInt64LE(BigInt(path.length), 64 + 40)
  return Buffer.concat([header, path]).toString('latin1')
}
