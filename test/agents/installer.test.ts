import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { promisify } from 'node:util'
import type { Agent } from '../../src/agents/agent.ts'
import { createInstaller, type InstallerOptions } from '../../src/agents/install/installer.ts'
import type { PackageStore } from '../../src/core/package-store.ts'
import { lockKey, printLock, readLock } from '../../src/agents/install/lock-file.ts'
import { resolveLock } from '../../src/agents/install/npm.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import type { AttemptEnded, RunEvent } from '../../src/core/event.ts'
import { openRig, taskOf } from './rig.ts'

/** A CLI of nobody, in two versions, in a registry on loopback. */
const from = { npm: '@nobody/cli', version: '1.2.3', accountedFrom: '1.0.0' }
const agent: Agent = { ...codex, name: 'nobody', program: 'nobody', versionArgs: ['--version'], package: from }

let root: string
let server: Server
let registry: string
let requests: string[] = []
let hangs = false
let npm: string

before(async () => {
  root = mkdtempSync(join(tmpdir(), 'installer-'))
  const tarballs = new Map(['1.2.3', '1.2.4'].map((version) => [version, pack(version)]))
  server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '')
    requests.push(url)
    if (hangs) return
    const version = /cli-(\d+\.\d+\.\d+)\.tgz$/.exec(url)?.[1]
    if (version !== undefined) return void response.end(tarballs.get(version))
    if (url !== `/${from.npm}`) return void response.writeHead(404).end('{}')
    const versions = [...tarballs].map(([number, bytes]) => [number, manifestOf(number, bytes)])
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(
      JSON.stringify({ name: from.npm, 'dist-tags': { latest: '1.2.4' }, versions: Object.fromEntries(versions) }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  registry = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
  const found = (process.env['PATH'] ?? '').split(delimiter).find((folder) => existsSync(join(folder, 'npm')))
  npm = join(found ?? '', 'npm')
})
after(() => {
  server.closeAllConnections()
  server.close()
  rmSync(root, { recursive: true, force: true })
})

function pack(version: string): Buffer {
  const folder = join(root, `pack-${version}`)
  mkdirSync(join(folder, 'package'), { recursive: true })
  writeFileSync(join(folder, 'package/package.json'), JSON.stringify(packageOf(version)))
  writeFileSync(join(folder, 'package/cli.js'), `#!/usr/bin/env node\nconsole.log('nobody ${version}')\n`)
  chmodSync(join(folder, 'package/cli.js'), 0o755)
  execFileSync('tar', ['-czf', 'package.tgz', 'package'], { cwd: folder })
  return readFileSync(join(folder, 'package.tgz'))
}

function packageOf(version: string): object {
  return {
    name: from.npm,
    version,
    bin: { nobody: 'cli.js' },
    scripts: { postinstall: "node -e \"require('fs').writeFileSync('script-ran', '')\"" },
  }
}

function manifestOf(version: string, bytes: Buffer): object {
  return {
    ...packageOf(version),
    hasInstallScript: true,
    dist: {
      tarball: `${registry}/${from.npm}/-/cli-${version}.tgz`,
      integrity: `sha512-${createHash('sha512').update(bytes).digest('base64')}`,
    },
  }
}

/** A machine without that CLI: an own tool cache, home and cache of npm. */
function openMachine(name: string, more: Record<string, string> = {}) {
  const home = join(root, name)
  mkdirSync(home, { recursive: true })
  const environment = {
    PATH: [dirname(process.execPath), dirname(npm), '/usr/bin', '/bin'].join(delimiter),
    HOME: home,
    RUNNER_TOOL_CACHE: join(home, 'tools'),
    npm_config_registry: registry,
    npm_config_cache: join(home, 'npm'),
    npm_config_fetch_retries: '0',
    ...more,
  }
  const notes: string[] = []
  const open = (rest: Partial<InstallerOptions> = {}) =>
    createInstaller({
      versions: { nobody: '1.2.3' },
      lock: undefined,
      environment,
      note: (level, message) => notes.push(`${level}: ${message}`),
      ...rest,
    })
  return { home, environment, notes, open }
}

const isTarball = (url: string): boolean => url.endsWith('.tgz')
const runIt = (path: string | undefined): string => execFileSync(path ?? '', ['--version'], { encoding: 'utf8' }).trim()

async function lockOf(version: string, environment: Record<string, string>): Promise<string> {
  const entry = await resolveLock(from, version, { path: npm, environment })
  assert.ok(!('mistake' in entry), JSON.stringify(entry))
  return printLock({ [lockKey('nobody', version)]: entry })
}

describe('a program of an exact version', { skip: process.platform === 'win32' }, () => {
  it('is installed as the lock says, without scripts, and then kept', async () => {
    const machine = openMachine('locked')
    const lock = await lockOf('1.2.3', machine.environment)
    assert.ok(!lock.includes(registry), 'a lock holds behind any registry')
    const first = machine.open({ lock })
    assert.equal(await first.ready(agent), undefined)
    const path = first.path('nobody')
    assert.equal(runIt(path), 'nobody 1.2.3')
    assert.ok(path?.startsWith(join(machine.home, 'tools/orchestrator')))
    assert.ok(!existsSync(join(dirname(path ?? ''), '../@nobody/cli/script-ran')))
    assert.match(machine.notes.join('\n'), /^notice: Installed nobody 1\.2\.3 in [\d.]+ s: \S+$/)
    requests = []
    const second = machine.open({ lock })
    assert.equal(await second.ready(agent), undefined)
    assert.equal(second.path('nobody'), path)
    assert.deepEqual(requests, [])
    assert.equal(machine.notes.length, 1)
  })

  it('is not taken for what the lock does not say', async () => {
    const machine = openMachine('tampered')
    const good = await lockOf('1.2.3', machine.environment)
    const lock = good.replace(/"sha512-(.)/, (_, first: string) => `"sha512-${first === 'A' ? 'B' : 'A'}`)
    const problem = await machine.open({ lock }).ready(agent)
    assert.match(problem ?? '', /could not be installed: npm ci: .*integrity checksum failed/i)
    assert.deepEqual(programsIn(machine.home), [])
    for (const [text, said] of [
      ['{', /is not JSON/],
      ['{"v":1}', /is not a lock file/],
      [good.replace(/,\s*"integrity": "[^"]*"/, ''), /no complete entry for nobody@1\.2\.3/],
      [good.replace('"npm": "@nobody/cli"', '"npm": "left-pad"'), /left-pad/],
    ] as const)
      assert.match((await machine.open({ lock: text }).ready(agent)) ?? '', said)
  })

  it('is installed without a lock too, which is said, and is not what a lock stands for later', async () => {
    const machine = openMachine('unlocked')
    const installer = machine.open({ versions: { nobody: '1.2.4' } })
    assert.equal(await installer.ready(agent), undefined)
    assert.equal(runIt(installer.path('nobody')), 'nobody 1.2.4')
    const notes = machine.notes.join('\n')
    assert.match(notes, /notice: nobody 1\.2\.4 is not the version this orchestrator is tested with, which is 1\.2\.3/)
    assert.match(notes, /warning: nobody 1\.2\.4 is installed without a lock.*orchestrator runtimes lock/)
    const locked = machine.open({
      versions: { nobody: '1.2.4' },
      lock: await lockOf('1.2.4', machine.environment),
    })
    assert.equal(await locked.ready(agent), undefined)
    assert.notEqual(locked.path('nobody'), installer.path('nobody'))
  })

  it('comes from the store where that has its packages, and only as the lock says', async () => {
    const kept = new Map<string, string>()
    const store = (name: string): PackageStore => ({
      restore(folder, key) {
        const from = kept.get(key)
        if (from !== undefined) cpSync(from, folder, { recursive: true })
        return Promise.resolve(from !== undefined)
      },
      save(folder, key) {
        const copy = join(root, name)
        cpSync(folder, copy, { recursive: true })
        kept.set(key, copy)
        return Promise.resolve()
      },
    })
    const one = openMachine('store-one')
    const lock = await lockOf('1.2.3', one.environment)
    assert.equal(await one.open({ lock, store: store('kept') }).ready(agent), undefined)
    const [key = ''] = kept.keys()
    assert.match(key, /^orchestrator-nobody-cli-1\.2\.3-\w+-\w+-[0-9a-f]{16}$/)
    const two = openMachine('store-two')
    requests = []
    const again = two.open({ lock, store: store('again') })
    assert.equal(await again.ready(agent), undefined)
    assert.equal(runIt(again.path('nobody')), 'nobody 1.2.3')
    assert.deepEqual(requests, [])
    for (const file of filesIn(kept.get(key) ?? '')) if (file.includes('content-v2')) writeFileSync(file, 'evil')
    const three = openMachine('store-three')
    const other = three.open({ lock, store: store('other') })
    assert.equal(await other.ready(agent), undefined)
    assert.equal(runIt(other.path('nobody')), 'nobody 1.2.3')
    assert.equal(requests.filter(isTarball).length, 1)
  })

  it('runs the scripts of a package only where it is nothing without them', async () => {
    const machine = openMachine('scripts', { npm_config_ignore_scripts: 'true' })
    const installer = machine.open()
    const needy: Agent = { ...agent, package: { ...from, needsScripts: true } }
    assert.equal(await installer.ready(needy), undefined)
    assert.ok(existsSync(join(dirname(installer.path('nobody') ?? ''), '../@nobody/cli/script-ran')))
  })

  it('is the one on the PATH where that has the version, and another where it has not', async () => {
    const machine = openMachine('path')
    const bin = join(machine.home, 'bin')
    mkdirSync(bin)
    const program = join(bin, 'nobody')
    const place = (version: string): void => {
      writeFileSync(program, `#!/bin/sh\necho nobody ${version}\n`, { mode: 0o755 })
    }
    const environment = { ...machine.environment, PATH: [bin, machine.environment.PATH].join(delimiter) }
    place('1.2.3')
    requests = []
    const present = machine.open({ environment })
    assert.equal(await present.ready(agent), undefined)
    assert.equal(present.path('nobody'), program)
    assert.deepEqual(requests, [])
    place('1.1.0')
    const other = machine.open({ environment })
    assert.equal(await other.ready(agent), undefined)
    assert.equal(runIt(other.path('nobody')), 'nobody 1.2.3')
  })

  it('is installed once by runs of one process that begin together', async () => {
    const machine = openMachine('together')
    requests = []
    const installers = Array.from({ length: 3 }, () => machine.open())
    const problems = await Promise.all(installers.flatMap((one) => [one.ready(agent), one.ready(agent)]))
    assert.deepEqual(new Set(problems), new Set([undefined]))
    assert.equal(new Set(installers.map((one) => one.path('nobody'))).size, 1)
    assert.equal(requests.filter(isTarball).length, 1)
    assert.equal(machine.notes.filter((note) => note.includes('Installed')).length, 1)
  })

  it('is installed once by processes that begin together', async () => {
    const machine = openMachine('processes')
    requests = []
    const file = join(machine.home, 'one.ts')
    const source = join(import.meta.dirname, '../../src/agents')
    writeFileSync(
      file,
      `import { createInstaller } from ${JSON.stringify(join(source, 'install/installer.ts'))}
import { codex } from ${JSON.stringify(join(source, 'codex/codex.ts'))}
const agent = { ...codex, name: 'nobody', program: 'nobody', versionArgs: ['--version'], package: ${JSON.stringify(from)} }
const options = { versions: { nobody: '1.2.3' }, lock: undefined, environment: process.env, note: () => {} }
const installer = createInstaller(options)
console.log((await installer.ready(agent)) ?? installer.path('nobody'))
`,
    )
    const execute = promisify(execFile)
    const outs = await Promise.all(
      [1, 2, 3].map(() => execute(process.execPath, [file], { env: { ...machine.environment } })),
    )
    const said = new Set(outs.map(({ stdout }) => stdout.trim()))
    assert.equal(said.size, 1, [...said].join('\n'))
    assert.equal(runIt([...said][0]), 'nobody 1.2.3')
    assert.equal(requests.filter(isTarball).length, 1)
  })

  it('leaves nothing half installed when it is stopped or was killed', async () => {
    const machine = openMachine('stopped')
    hangs = true
    try {
      requests = []
      const installer = machine.open()
      const ending = installer.ready(agent)
      while (requests.length === 0) await once(server, 'request')
      const killed = folders(machine.home)[0] ?? ''
      await installer.close()
      assert.deepEqual(folders(machine.home), [])
      assert.match((await ending) ?? '', /nobody 1\.2\.3 could not be installed/)
      mkdirSync(killed)
    } finally {
      hangs = false
    }
    assert.equal(await machine.open().ready(agent), undefined)
    assert.equal(folders(machine.home).length, 0)
    assert.equal(programsIn(machine.home).length, 1)
  })

  it('that cannot be had says why: no such version, no npm', async () => {
    const machine = openMachine('missing')
    const missing = await machine.open({ versions: { nobody: '9.9.9' } }).ready(agent)
    assert.match(missing ?? '', /npm install: No matching version found for @nobody\/cli@9\.9\.9/)
    const environment = { ...machine.environment, PATH: join(root, 'empty') }
    assert.match((await machine.open({ environment }).ready(agent)) ?? '', /there is no npm on the PATH/)
  })
})

/** Folders in which something is being installed. */
function folders(home: string): string[] {
  const versions = join(home, 'tools/orchestrator/nobody-cli/1.2.3')
  return existsSync(versions)
    ? readdirSync(versions)
        .filter((name) => /\.\w{6}$/.test(name))
        .map((name) => join(versions, name))
    : []
}

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

const programsIn = (home: string): string[] =>
  readdirSync(join(home, 'tools'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bin/nobody'))

describe('a lock file', () => {
  it('reads back as it was written, in one order', () => {
    const entry = { npm: 'a', packages: { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } } }
    const text = printLock({ 'b@1.0.0': entry, 'a@1.0.0': entry })
    const read = readLock(text)
    assert.ok('entries' in read)
    assert.equal(printLock(read.entries), text)
    assert.deepEqual(Object.keys(read.entries), ['a@1.0.0', 'b@1.0.0'])
  })
})

describe('an attempt whose program is not there yet', () => {
  const task = taskOf('waits', 'codex', { action: { kind: 'prompt', prompt: 'hi' } })
  const installerThat = (ready: Promise<string | undefined>) => () => ({
    ready: () => ready,
    path: () => undefined,
    place: () => undefined,
    close: () => Promise.resolve(),
  })

  it('fails with what was wrong, and starts nothing', async () => {
    const rig = await openRig({ openInstaller: installerThat(Promise.resolve('it could not be had')) })
    try {
      const { failure } = await rig.run(task)
      assert.deepEqual(failure, { kind: 'spawn', code: 'INSTALL', detail: 'it could not be had' })
    } finally {
      await rig.close()
    }
  })

  it('ends at once when it is stopped', async () => {
    const rig = await openRig({ openInstaller: installerThat(new Promise(() => {})) })
    try {
      rig.launcher.start(task)
      rig.launcher.stop('waits', 1, 'cancelled', 'term')
      const { failure } = await rig.until(
        (event: RunEvent): event is AttemptEnded => event.type === 'attempt.ended' && event.id === 'waits',
      )
      assert.deepEqual(failure, { kind: 'cancelled', cause: 'cancelled' })
    } finally {
      await rig.close()
    }
  })
})
