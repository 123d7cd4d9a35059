import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import type { JsonObject } from '../../src/core/json.ts'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import { findSandbox } from '../../src/launch/sandbox/find-sandbox.ts'
import { readLedger } from '../../src/simulate/ledger.ts'
import { createPlace, run, start } from '../cli/command-line.ts'
import { assertConversed, conversationFile, conversationRules } from './conversation.ts'
import { git } from '../rig/git-repository.ts'

const found = await findSandbox(process.env)
const skip = 'problem' in found ? `${found.problem} (Debian: bubblewrap socat ripgrep)` : false

interface Row {
  readonly id: string
  readonly result: string
  readonly reason?: string
  readonly detail?: string
  readonly text?: string
  readonly usage?: Usage
  readonly outputs?: JsonObject
}

/** Tries what a sandbox is to keep it from, and what it is not; a line each. */
const attempts = `try() { name=$1; shift; if "$@" > /dev/null 2>&1; then echo "$name: done"; else echo "$name: kept"; fi; }
write() { echo x > "$1"; }
reach() { exec 3<> "/dev/tcp/127.0.0.1/$1" && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q hello <&3; }
socket() { node -e 'require("net").connect(process.argv[1]).on("connect", () => process.exit(0)).on("error", () => process.exit(1))' "$1"; }
try "write in the tree" write made.txt
try "write in a folder named" write "$HOME/shared/made"
try "write outside" write "$OUTSIDE/made"
try "write in the system" write /etc/orchestrator-made
write "$HOME/made" 2> /dev/null
try "write a hook of git" write .git/hooks/pre-commit
try "change the configuration of git" git config user.name somebody
try "write into the record of the run" write "$RECORD/made"
try "read a secret of the home" cat "$HOME/.secret"
try "read a file named" cat "$HOME/notes"
try "reach a port named" reach "$OPEN"
try "reach another port" reach "$SHUT"
try "open a socket of the machine" socket "$SOCKET"
message=$(git commit --quiet --allow-empty --message made 2>&1) && echo "commit: done" || echo "commit: $message"
(sh -c 'read line < "$HOME/.secret"' 2> /dev/null && echo "child reads: done") || echo "child reads: kept"
`

const expected = `write in the tree: done
write in a folder named: done
write outside: kept
write in the system: kept
write a hook of git: kept
change the configuration of git: kept
write into the record of the run: kept
read a secret of the home: kept
read a file named: done
reach a port named: done
reach another port: kept
open a socket of the machine: kept
commit: done
child reads: kept
`

function listen(): Promise<Server> {
  const server = createServer((_, response) => response.end('hello'))
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('an instance in a sandbox', { skip }, () => {
  let open: Server
  let shut: Server
  let listener: Server
  let home: ReturnType<typeof createPlace>
  before(async () => {
    ;[open, shut] = [await listen(), await listen()]
    home = createPlace({
      '.secret': 'secret\n',
      notes: 'notes\n',
      'shared/.keep': '',
      '.gitconfig': '[user]\nname=n\nemail=e@example.com\n',
    })
    const socket = createServer()
    await new Promise<void>((resolve) => socket.listen(join(home.path, 'shared/socket'), resolve))
    listener = socket
  })
  after(() => {
    for (const server of [open, shut, listener]) server.close()
    home[Symbol.dispose]()
  })

  const rowsOf = (directory: string): Map<string, Row> => {
    const report: { instances: Row[] } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
    return new Map(report.instances.map((row) => [row.id, row]))
  }

  const sandbox = (): string =>
    `{ network: ["localhost:${portOf(open)}"], write: ["${home.path}/shared"], read: ["${home.path}/notes"] }`

  /** A repository whose instances try everything, a shell's and a real agent's. */
  const prepare = (): ReturnType<typeof createPlace> => {
    const place = createPlace({
      'attempts.sh': attempts,
      'rules.yml': `rules:
  - match: { prompt: Try }
    replies: [{ tools: [{ run: "bash attempts.sh > tried.txt" }] }, { text: Tried. }]
`,
    })
    const env = `{ HOME: "${home.path}", OUTSIDE: "/var/tmp", OPEN: "${portOf(open)}", SHUT: "${portOf(shut)}", SOCKET: "${home.path}/shared/socket", RECORD: "${place.path}/record", GIT_AUTHOR_NAME: n, GIT_AUTHOR_EMAIL: e@example.com, GIT_COMMITTER_NAME: n, GIT_COMMITTER_EMAIL: e@example.com }`
    writeFileSync(
      join(place.path, 'ci.yml'),
      `instances:
  shell: { run: "bash attempts.sh", sandbox: ${sandbox()}, env: ${env} }
  agent:
    needs: shell
    prompt: Try it all.
    safety: autonomous
    sandbox: ${sandbox()}
    env: ${env}
`,
    )
    git(place.path, 'init', '--quiet')
    return place
  }

  it('does what it may, and nothing else, be it a shell or a real agent', async () => {
    using place = prepare()
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'record']
    const { code, out, err } = await run(place.path, args, { HOME: home.path })
    assert.equal(code, 0, out + err)
    const rows = rowsOf(join(place.path, 'record'))
    assert.equal(rows.get('shell')?.text, expected)
    assert.equal(readFileSync(join(place.path, 'tried.txt'), 'utf8'), expected)
    assert.equal(rows.get('agent')?.text, 'Tried.')
    const served = readLedger(join(place.path, 'record/simulation.ndjson'), assert.fail)
    assert.equal(served.length, 2)
    assert.deepEqual(
      rows.get('agent')?.usage,
      served.map(({ usage }) => ({ ...zeroUsage, ...usage })).reduce(addUsage, zeroUsage),
    )
    assert.deepEqual(readdirSync(home.path).toSorted(), ['.gitconfig', '.secret', 'notes', 'shared'])
    assert.ok(!existsSync('/etc/orchestrator-made'))
  })

  it('is made by a runtime that is installed in the home directory, which it hides', async () => {
    const modules = resolve(import.meta.dirname, '../../node_modules')
    const installed = join(home.path, 'installed/node_modules')
    const programs = join(home.path, 'programs')
    mkdirSync(join(installed, '@anthropic-ai'), { recursive: true })
    mkdirSync(programs)
    cpSync(join(modules, '@anthropic-ai/sandbox-runtime'), join(installed, '@anthropic-ai/sandbox-runtime'), {
      recursive: true,
    })
    for (const name of ['@pondwader', 'commander', 'node-forge'])
      if (existsSync(join(modules, name))) symlinkSync(join(modules, name), join(installed, name))
    symlinkSync(join(installed, '@anthropic-ai/sandbox-runtime/dist/cli.js'), join(programs, 'srt'))
    writeFileSync(join(home.path, 'installed/secret'), 'secret\n')
    using place = createPlace({
      'ci.yml': `instances:\n  a: { run: "cat '${home.path}/installed/secret' 2> /dev/null || echo kept", sandbox: true }\n`,
    })
    try {
      const env = { HOME: home.path, PATH: [programs, process.env['PATH']].join(delimiter) }
      const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], env)
      assert.equal(code, 0, out + err)
      assert.equal(rowsOf(join(place.path, 'run')).get('a')?.text?.trim(), 'kept')
    } finally {
      for (const path of [programs, join(home.path, 'installed')]) rmSync(path, { recursive: true })
    }
  })

  it('takes up and forks the conversation of another sandbox', async () => {
    using place = createPlace({ 'ci.yml': conversationFile('sandbox: true'), 'rules.yml': conversationRules })
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run', '--max-parallel', '2']
    const { code, out, err } = await run(place.path, args, { HOME: home.path })
    assert.equal(code, 0, out + err)
    assertConversed(join(place.path, 'run'))
  })

  it('is asked to end, killed and counted as outside, and nothing of it is left', async () => {
    using place = createPlace({
      'ci.yml': `defaults: { continue-on-error: true, sandbox: true }
instances:
  asked: { run: "trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.1; done", idle-timeout-minutes: 0.3 }
  deaf: { run: "trap '' TERM; echo up; (trap '' TERM; env -i setsid sleep 987) & while :; do sleep 0.1; done", idle-timeout-minutes: 0.3 }
  leaves: { run: "env -i setsid sleep 987 & exit 7" }
  missing: { command: [no-such-program] }
`,
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], { HOME: home.path })
    assert.equal(code, 0, out)
    const rows = rowsOf(join(place.path, 'run'))
    assert.equal(rows.get('asked')?.reason, 'timeout')
    assert.equal(readFileSync(join(place.path, 'run/logs/asked.1.stdout.log'), 'utf8'), 'up\nasked\n')
    assert.equal(rows.get('deaf')?.reason, 'timeout')
    assert.equal(rows.get('leaves')?.reason, 'exit:7')
    assert.equal(rows.get('missing')?.reason, 'spawn')
    assert.deepEqual(running('sleep 987'), [])
  })

  it('ends with an orchestrator that is killed, when the next one comes', async () => {
    using place = createPlace({
      'ci.yml': 'instances:\n  box: { run: "echo up > up; sleep 986", sandbox: true }\n',
    })
    const killed = start(place.path, ['run', 'ci.yml', '--run-dir', 'run'], { HOME: home.path })
    while (!existsSync(join(place.path, 'up'))) await delay(20)
    killed.child.kill('SIGKILL')
    await killed.ended
    const resumed = start(place.path, ['run', '--resume', 'run'], { HOME: home.path })
    await resumed.says(/box started/)
    assert.equal(running('sleep 986').length <= 1, true)
    resumed.child.kill('SIGINT')
    await resumed.ended
    assert.deepEqual(running('sleep 986'), [])
  })
})

describe('a sandbox that cannot be made', () => {
  it('keeps the run from beginning, and doctor says so as well', async () => {
    using place = createPlace({ 'ci.yml': 'instances:\n  box: { run: "true", sandbox: true }\n' })
    mkdirSync(join(place.path, 'bin'))
    const env = { PATH: join(place.path, 'bin') }
    const refused = await run(place.path, ['run', 'ci.yml'], env)
    assert.equal(refused.code, 2)
    const words = process.platform === 'linux' ? /bwrap and socat and rg and bash are not on the PATH/ : /on Linux only/
    assert.match(refused.err, /ci\.yml:2:3: box cannot run in its sandbox: /)
    assert.match(refused.err, words)
    assert.ok(!existsSync(join(place.path, '.orchestrator')))
    const doctor = await run(place.path, ['doctor', 'ci.yml'], env)
    assert.equal(doctor.code, 1)
    assert.match(doctor.out, words)
  })

  it('and neither does one without an engine for its container', async () => {
    using place = createPlace({ 'ci.yml': 'instances:\n  box: { run: "true", container: "node:24" }\n' })
    mkdirSync(join(place.path, 'bin'))
    const env = { PATH: join(place.path, 'bin') }
    const refused = await run(place.path, ['run', 'ci.yml'], env)
    assert.equal(refused.code, 2)
    assert.match(refused.err, /ci\.yml:2:3: box cannot run in its container: podman is not on the PATH, docker is not/)
    const doctor = await run(place.path, ['doctor', 'ci.yml'], env)
    assert.match(doctor.out, /containers.*podman is not on the PATH, docker is not on the PATH/)
  })
})

/** Processes whose arguments begin so. */
function running(command: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return (
        /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\u0000', ' ').startsWith(command)
      )
    } catch {
      return false
    }
  })
}
