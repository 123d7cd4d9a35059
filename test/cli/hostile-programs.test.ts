import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { hasInterpreter } from '../../src/process/interpreter.ts'
import { readStat } from '../../src/process/proc.ts'
import { createPlace, run, start } from './command-line.ts'

const skip = hasInterpreter() ? false : 'there are no fork servers here'

interface Instance {
  readonly id: string
  readonly result: string
  readonly reason: string
  readonly attempts: number
}

function instancesOf(place: string): Map<string, Instance> {
  const path = join(place, '.orchestrator/latest/run.json')
  const report = JSON.parse(readFileSync(path, 'utf8')) as { instances: Instance[] }
  return new Map(report.instances.map((instance) => [instance.id, instance]))
}

/** What ends once the file is there. */
const waits = (file: string): string => `until test -e ${file}; do sleep 0.02; done`

describe('an instance that turns on the process that had started it', { skip }, () => {
  it('by kill takes no other along: what ran is lost, which is said, and runs again', async () => {
    using place = createPlace({
      'ci.yml': `name: ci
limits: { max-parallel: 3 }
instances:
  killer: { run: "${waits('up')}; test -e killed && exit 0; touch killed; kill -KILL $PPID; sleep 60" }
  other: { run: "echo . >> ran; touch up; ${waits('killed')}; sleep 0.2" }
`,
    })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 0, out + err)
    assert.match(out, /the process that starts the programs of this run was killed/i)
    const instances = instancesOf(place.path)
    assert.deepEqual([instances.get('killer')?.attempts, instances.get('other')?.attempts], [2, 2])
    assert.equal(readFileSync(join(place.path, 'ran'), 'utf8'), '.\n.\n')
  })

  it('each time is the one that fails, with that as its reason', async () => {
    using place = createPlace({
      'ci.yml': `name: ci
limits: { max-parallel: 3 }
instances:
  killer: { run: "${waits('up')}; kill -KILL $PPID; sleep 60" }
  other: { run: "touch up; sleep 1" }
`,
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 1)
    const instances = instancesOf(place.path)
    assert.deepEqual([instances.get('killer')?.result, instances.get('killer')?.attempts], ['failure', 3])
    assert.equal(instances.get('other')?.result, 'success')
    assert.match(out, /the process that had started it was killed, each of the 3 times it ran/)
  })

  it('by a stop holds up neither the others nor an interrupt', async () => {
    using place = createPlace({
      'ci.yml': `name: ci
limits: { max-parallel: 3 }
instances:
  stopper: { run: "while :; do kill -STOP $PPID; sleep 0.01; done" }
  other: { run: "echo done" }
`,
    })
    const running = start(place.path, ['run', 'ci.yml'])
    await running.says(/other success/)
    running.child.kill('SIGINT')
    const { code, out } = await running.ended
    assert.equal(code, 130, out)
    assert.equal(instancesOf(place.path).get('stopper')?.result, 'cancelled')
  })

  it('by a mere kill does nothing to it, nor to us', async () => {
    using place = createPlace({
      'ci.yml': 'name: ci\ninstances: { a: { run: "kill $PPID; kill -INT $PPID; echo on" } }\n',
    })
    const { code, out } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 0, out)
  })
})

describe('a process that an instance left behind', { skip }, () => {
  it('without its mark, its environment and its session is dead when the run is over', async () => {
    using place = createPlace({
      'ci.yml': `name: ci
instances:
  one: { run: "env -u ORCHESTRATOR_MARK setsid sleep 300 > /dev/null 2>&1 & echo $! > one.pid" }
  all: { run: "env -i setsid sleep 300 > /dev/null 2>&1 & echo $! > all.pid" }
`,
    })
    const { code } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 0)
    for (const name of ['one.pid', 'all.pid']) {
      const pid = Number(readFileSync(join(place.path, name), 'utf8'))
      // Dead is also what init has not looked after yet.
      assert.notEqual(readStat(pid)?.zombie, false, name)
    }
  })
})

describe('an answer that is nested deeper than anybody can walk', () => {
  const nested = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`

  it('fails its instance by name, and nothing else', async () => {
    using place = createPlace({
      'answer.json': nested(100_000),
      'list.json': `${nested(150)}\n${nested(3000)}\n`,
      'ci.yml': `name: ci
instances:
  whole: { run: cat answer.json, parse: json }
  lines: { run: cat list.json, parse: ndjson }
  read: { run: echo hi, env: { X: "\${{ toJSON(fromJSON(needs.text.text)) }}" }, needs: text }
  text: { run: cat answer.json }
  other: { needs: { instance: whole, when: failure }, run: echo hi }
`,
    })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 1, out + err)
    assert.match(out, /whole failure invalid-output: .*nested deeper than 200 levels/)
    assert.match(out, /lines failure invalid-output: .*line 2 of the output is nested deeper than 200 levels/)
    assert.match(out, /read failure .*nested deeper than 200 levels/)
    assert.equal(instancesOf(place.path).get('other')?.result, 'success')
  })
})

describe('an instance with thousands of variables', () => {
  it('is started, or refused by the system, without holding up another', async () => {
    const env = Array.from({ length: 12_000 }, (_, at) => `V${at}: ${'x'.repeat(40)}`).join(', ')
    using place = createPlace({
      'ci.yml': `name: ci
instances:
  many: { run: 'test "$V11999" = ${'x'.repeat(40)}', env: { ${env} } }
  other: { run: echo hi }
`,
    })
    const { code, out, err } = await run(place.path, ['run', 'ci.yml'])
    assert.equal(code, 0, out + err)
    assert.doesNotMatch(out, /was killed/)
  })
})
