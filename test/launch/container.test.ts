import assert from 'node:assert/strict'
import { existsSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import type { JsonObject } from '../../src/core/json.ts'
import { readLedger } from '../../src/simulate/ledger.ts'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import { createPlace, run, start } from '../cli/command-line.ts'
import { assertConversed, conversationFile, conversationRules } from './conversation.ts'
import { type ContainerRig, lacksContainers, openContainerRig } from '../rig/containers.ts'

const skip = process.platform === 'linux' ? lacksContainers() : 'containers are tried on Linux'

interface Row {
  readonly id: string
  readonly result: string
  readonly reason?: string
  readonly detail?: string
  readonly text?: string
  readonly usage?: Usage | null
  readonly outputs?: JsonObject
}

const hex = (text: string): string => Buffer.from(text).toString('hex')

describe('an instance in a container', { skip }, () => {
  let rig: ContainerRig
  before(() => {
    rig = openContainerRig()
  })
  after(() => rig[Symbol.dispose]())

  const containers = (): string => rig.podman('ps', '--all', '--quiet').out.trim()

  const rowsOf = (directory: string): Map<string, Row> => {
    const report: { instances: Row[] } = JSON.parse(readFileSync(join(directory, 'run.json'), 'utf8'))
    return new Map(report.instances.map((row) => [row.id, row]))
  }

  it('has its working tree, its outputs and its own variables, and nothing else of the machine', async () => {
    using place = createPlace({
      'ci.yml': `instances:
  first: { run: "echo from the first" }
  box:
    needs: first
    run: |
      echo made > made.txt
      echo "upstream=$(cat "$UPSTREAM")" >> "$ORCHESTRATOR_OUTPUT"
      echo "token=$(echo $TOKEN | wc -c) place=$(pwd) user=$(id -u) own=$PATH" >> "$ORCHESTRATOR_OUTPUT"
      touch run/x 2> /dev/null && echo wrote=run >> "$ORCHESTRATOR_OUTPUT"
      test -e /usr/bin/env && echo sees=machine >> "$ORCHESTRATOR_OUTPUT"
      env | grep -c SECRET_OF_THE_MACHINE || true
    env: { UPSTREAM: "\${{ needs.first.stdout-file }}", PATH: "/bin:/own" }
    secrets: [TOKEN]
    container: { image: "${rig.image}", network: none }
`,
    })
    const token = 'tok-0123456789abcdef'
    const env = { ...rig.env, TOKEN: token, SECRET_OF_THE_MACHINE: 'x' }
    const { code, out, err } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], env)
    assert.equal(code, 0, out + err)
    const box = rowsOf(join(place.path, 'run')).get('box')
    assert.deepEqual(box?.outputs, {
      upstream: 'from the first',
      token: `${token.length + 1} place=${place.path} user=${process.getuid?.()} own=/bin:/own`,
    })
    assert.equal(box?.text?.trim(), '0')
    assert.equal(readFileSync(join(place.path, 'made.txt'), 'utf8'), 'made\n')
    assert.equal(statSync(join(place.path, 'made.txt')).uid, process.getuid?.())
    const journal = readFileSync(join(place.path, 'run/journal.ndjson'), 'utf8')
    assert.match(journal, /"--env","TOKEN"/)
    assert.ok(!journal.includes(token) && !journal.includes(hex(token)))
    assert.equal(containers(), '')
  })

  it('says what could not be started, and why', async () => {
    using place = createPlace({
      'ci.yml': `defaults: { container: { image: "${rig.image}", network: none } }
instances:
  program: { command: [no-such-program], continue-on-error: true }
  image: { run: "true", continue-on-error: true, container: "localhost/none:1" }
  code: { run: exit 125, continue-on-error: true }
`,
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], rig.env)
    assert.equal(code, 0, out)
    const journal = readFileSync(join(place.path, 'run/journal.ndjson'), 'utf8')
    assert.match(journal, /"code":"ENOENT","detail":"there is no such program in localhost\/orchestrator-test:busybox/)
    assert.match(journal, /"code":"CONTAINER","detail":"podman cannot run localhost\/none:1: /)
    assert.match(journal, /"kind":"exit","code":125/)
    assert.equal(containers(), '')
  })

  it('is held to its time and its limits, and nothing of it is left', async () => {
    using place = createPlace({
      'ci.yml': `defaults: { continue-on-error: true, container: { image: "${rig.image}", network: none } }
instances:
  asked: { run: "trap 'echo asked; exit 3' TERM; echo up; while :; do sleep 0.1; done", idle-timeout-minutes: 0.25 }
  deaf: { run: "trap '' TERM; echo up; (trap '' TERM; while :; do sleep 0.1; done) & while :; do sleep 0.1; done", idle-timeout-minutes: 0.25 }
  memory: { run: "x=aaaaaaaa; while :; do x=$x$x; done", limits: { memory: 60MB } }
  processes: { run: "for i in 1 2 3 4 5 6 7 8 9; do sleep 60 & done; wait", limits: { processes: 5 }, timeout-minutes: 0.5 }
`,
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml', '--run-dir', 'run'], rig.env)
    assert.equal(code, 0, out)
    const rows = rowsOf(join(place.path, 'run'))
    assert.equal(rows.get('asked')?.reason, 'timeout')
    assert.match(readFileSync(join(place.path, 'run/logs/asked.1.stdout.log'), 'utf8'), /asked/)
    assert.equal(rows.get('deaf')?.reason, 'timeout')
    assert.equal(rows.get('memory')?.reason, 'limit:memory')
    assert.equal(rows.get('processes')?.reason, 'limit:processes')
    assert.equal(rows.get('processes')?.detail, 'more than 5 processes')
    assert.equal(containers(), '')
  })

  it('ends with a run that is interrupted, and after one that was killed', async () => {
    using place = createPlace({
      'ci.yml': `instances:
  box: { run: "echo up > up; while :; do sleep 0.1; done", container: { image: "${rig.image}", network: none } }
  after: { run: "echo after" }
`,
    })
    const isUp = async (): Promise<void> => {
      while (!existsSync(join(place.path, 'up'))) await delay(20)
    }
    const interrupted = start(place.path, ['run', 'ci.yml', '--run-dir', 'one'], rig.env)
    await isUp()
    assert.notEqual(containers(), '')
    interrupted.child.kill('SIGINT')
    assert.equal((await interrupted.ended).code, 130)
    assert.equal(containers(), '')

    await run(place.path, ['run', 'ci.yml', '--only', 'after'], rig.env)
    const killed = start(place.path, ['run', 'ci.yml', '--run-dir', 'two'], rig.env)
    await delay(0)
    rmSync(join(place.path, 'up'))
    await isUp()
    killed.child.kill('SIGKILL')
    await killed.ended
    assert.notEqual(containers(), '')
    // A run that comes before what the killed one had started is gone leaves the rest to the next.
    for (let runs = 0; runs < 3 && containers() !== ''; runs++)
      assert.equal((await run(place.path, ['run', 'ci.yml', '--only', 'after'], rig.env)).code, 0)
    assert.equal(containers(), '')
  })

  it('runs a real agent whose account is that of the ledger', async () => {
    const modules = resolve(import.meta.dirname, '../../node_modules')
    using place = createPlace({
      'ci.yml': `instances:
  agent:
    prompt: Look around.
    safety: autonomous
    env: { PATH: "${modules}/.bin:/bin" }
    container:
      image: "${rig.image}"
      volumes: ["${modules}:${modules}:ro", "/lib:/lib:ro", "/lib64:/lib64:ro", "/usr:/usr:ro"]
`,
      'rules.yml': `rules:
  - match: { prompt: Look }
    replies: [{ tools: [{ run: "sh -c 'echo inside > found; ls /run/.containerenv >> found'" }] }, { text: It is a box. }]
`,
    })
    const { code, out, err } = await run(
      place.path,
      ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run'],
      rig.env,
    )
    assert.equal(code, 0, out + err)
    assert.equal(readFileSync(join(place.path, 'found'), 'utf8'), 'inside\n/run/.containerenv\n')
    const row = rowsOf(join(place.path, 'run')).get('agent')
    assert.equal(row?.text, 'It is a box.')
    const served = readLedger(join(place.path, 'run/simulation.ndjson'), assert.fail)
    assert.equal(served.length, 2)
    const sum = served.map(({ usage }) => ({ ...zeroUsage, ...usage })).reduce(addUsage, zeroUsage)
    assert.deepEqual(row?.usage, sum)
    assert.equal(containers(), '')
  })

  it('takes up and forks the conversation of another container', async () => {
    const modules = resolve(import.meta.dirname, '../../node_modules')
    const volumes = [modules, '/lib', '/lib64', '/usr'].map((path) => `"${path}:${path}:ro"`).join(', ')
    using place = createPlace({
      'ci.yml': conversationFile(
        `env: { PATH: "${modules}/.bin:/bin" }\n  container: { image: "${rig.image}", volumes: [${volumes}] }`,
      ),
      'rules.yml': conversationRules,
    })
    const args = ['run', 'ci.yml', '--simulate', 'rules.yml', '--run-dir', 'run', '--max-parallel', '2']
    const { code, out, err } = await run(place.path, args, rig.env)
    assert.equal(code, 0, out + err)
    assertConversed(join(place.path, 'run'))
    assert.equal(containers(), '')
  })
})
