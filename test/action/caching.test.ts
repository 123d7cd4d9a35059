import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { unzip } from '../rig/zip.ts'
import type { Stage } from '../rig/step-runner.ts'
import { botHead } from './bot.ts'
import { openProject, runDirectoryOf, skip, type Project } from './project.ts'

/** An agent that costs 110 tokens; it fails where a file says so, and waits for a while where one says how long. */
const bot = `#!/bin/sh
here=$(dirname "$0")
[ "$1" = --version ] && { echo 1.0.0; exit; }
[ -f "$here/wait" ] && sleep "$(cat "$here/wait")"
[ -f "$here/fail-$NAME" ] && exit 3
# A file that an argument names is there.
for each; do case $each in *ci.json) [ -f "$each" ] || { echo "no $each" >&2; exit 4; } ;; esac; done
echo "$NAME" >> "$here/paid"
echo '{ "text": "answer of '"$NAME"'", "usage": { "in": 100, "out": 10 } }'
`

const agent = (name: string, more = '') => `
  ${name}: { prompt: Review it., env: { NAME: ${name} }${more} }`

const head = botHead('kept')

async function openCached(instances: string, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'caching-'))
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/bot'), bot)
  chmodSync(join(folder, 'bin/bot'), 0o755)
  const project = await openProject({
    '.github/orchestrator.yml': `${head}${instances}\n`,
    'src/a.txt': 'one',
    ...files,
  })
  const environment = (run: number, attempt: number) => ({
    PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_HEAD_REF: 'feature',
    GITHUB_BASE_REF: 'main',
    GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/review.yml@refs/pull/1/merge',
  })
  const more = (run: number, attempt: number, env: Readonly<Record<string, string>>) => ({
    // The same in every job of a runner.
    temp: join(folder, 'temp'),
    environment: { ...environment(run, attempt), ...env },
  })
  return {
    project,
    folder,
    run: (run: number, attempt = 1, env: Readonly<Record<string, string>> = {}) =>
      project.run({ simulate: '' }, more(run, attempt, env)),
    start: (run: number, attempt = 1) => project.start({ simulate: '' }, more(run, attempt, {})),
    /** Who was paid since this was last asked. */
    paid(): string[] {
      const path = join(folder, 'bin/paid')
      const names = existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
      rmSync(path, { force: true })
      return names.filter((name) => name !== '').toSorted()
    },
    say: (name: string, text = '') => writeFileSync(join(folder, 'bin', name), text),
    unsay: (name: string) => rmSync(join(folder, 'bin', name), { force: true }),
    /** Lets GitHub have the artifacts of a run, as it does once they are uploaded. */
    publish(run: number, headRepository = 'octo/app') {
      const { artifacts } = project.results
      const known = project.github.runs.find(({ id }) => id === run)
      const all = artifacts.map(({ name, bytes }, index) => ({
        name,
        bytes,
        createdAt: `2026-01-02T03:04:${10 + index}Z`,
      }))
      if (known !== undefined) return void known.artifacts.splice(0, Infinity, ...all)
      project.github.runs.push({
        id: run,
        attempt: 1,
        event: 'pull_request',
        headSha: project.repository.headSha,
        headBranch: 'feature',
        headRepository,
        workflow: '.github/workflows/review.yml',
        status: 'completed',
        conclusion: 'failure',
        artifacts: all,
      })
    },
    async close() {
      await project.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const resultOf = ({ outputs }: Stage): string | undefined => outputs['result']
const namesIn = (project: Project): string[] =>
  project.results.artifacts.flatMap(({ bytes }) => [...unzip(bytes).keys()])

describe('outcomes between runs of a workflow', { skip }, () => {
  const review = agent('one', ', cache: { paths: ["src/**"] }')

  it('are kept in the cache of Actions, and what has not changed is not paid again', async () => {
    const at = await openCached(review)
    after(() => at.close())
    const first = await at.run(1)
    assert.equal(resultOf(first.main), 'success', first.main.output)
    assert.deepEqual(at.paid(), ['one'])
    assert.equal(at.project.results.caches.size, 1)
    const second = await at.run(2)
    assert.equal(resultOf(second.main), 'success', second.main.output)
    assert.deepEqual(at.paid(), [], second.main.output)
    assert.match(second.main.summary ?? '', /1 instance restored, which saved 110 tokens/)
    const off = await at.run(3, 1, { INPUT_CACHE: 'off' })
    assert.equal(resultOf(off.main), 'success')
    assert.deepEqual(at.paid(), ['one'])
  })

  it('are kept in the artifact where the cache cannot be written, which is said; never those of a fork on a trusted run', async () => {
    const at = await openCached(review)
    after(() => at.close())
    const first = await at.run(1, 1, { ACTIONS_CACHE_MODE: 'read' })
    assert.equal(resultOf(first.main), 'success', first.main.output)
    assert.deepEqual(at.paid(), ['one'])
    assert.equal(at.project.results.caches.size, 0)
    assert.match(
      first.main.output,
      /Outcomes are kept in the artifact of this run: the cache of Actions is only read on this event/,
    )
    assert.ok(namesIn(at.project).some((name) => name.startsWith('outcomes/v1/foreign-tree/')))
    at.publish(1, 'mallory/app')
    await at.run(2, 1, { ACTIONS_CACHE_MODE: 'read' })
    assert.deepEqual(at.paid(), ['one'])
    Object.assign(at.project.github.runs[0] ?? {}, { headRepository: 'octo/app' })
    const third = await at.run(3, 1, { ACTIONS_CACHE_MODE: 'read' })
    assert.deepEqual(at.paid(), [], third.main.output)
  })

  it('are kept by each cell of a matrix of the workflow, and for it alone', async () => {
    const at = await openCached(review)
    after(() => at.close())
    for (const os of ['a', 'b']) {
      const { main } = await at.run(1, 1, { INPUT_CELL: JSON.stringify({ os }) })
      assert.equal(resultOf(main), 'success', main.output)
      assert.deepEqual(at.paid(), ['one'], os)
    }
    assert.equal(at.project.results.caches.size, 2)
    for (const os of ['a', 'b']) {
      await at.run(2, 1, { INPUT_CELL: JSON.stringify({ os }) })
      assert.deepEqual(at.paid(), [], os)
    }
  })

  it('are no reason to fail where a service is down', async () => {
    const at = await openCached(review)
    after(() => at.close())
    const down = { ACTIONS_RESULTS_URL: 'http://127.0.0.1:9/', ACTIONS_CACHE_URL: 'http://127.0.0.1:9/' }
    const { main } = await at.run(1, 1, { ...down, INPUT_ARTIFACT_NAME: 'none', 'INPUT_ARTIFACT-NAME': 'none' })
    assert.equal(resultOf(main), 'success', main.output)
    assert.deepEqual(at.paid(), ['one'])
  })
})

describe('a re-run', { skip }, () => {
  const three = `${agent('one')}${agent('two', ', needs: one')}${agent('three', ', needs: two')}`

  it('pays for what failed and never ran, and for nothing that succeeded', async () => {
    const at = await openCached(three)
    after(() => at.close())
    at.say('fail-two')
    const first = await at.run(7)
    assert.equal(resultOf(first.main), 'failure', first.main.output)
    assert.deepEqual(at.paid(), ['one'])
    at.unsay('fail-two')
    at.publish(7)
    const second = await at.run(7, 2)
    assert.equal(resultOf(second.main), 'success', second.main.output)
    assert.deepEqual(at.paid(), ['three', 'two'])
    const off = await at.run(7, 2, { INPUT_RESUME: 'off' })
    assert.equal(resultOf(off.main), 'success')
    assert.deepEqual(at.paid(), ['one', 'three', 'two'])
  })

  it('goes on with its own cell of a matrix of the workflow, and with what is whole where the newest artifact is not', async () => {
    const at = await openCached(`${agent('one')}${agent('two', ', needs: one')}`)
    after(() => at.close())
    const cell = (os: string) => ({ INPUT_CELL: JSON.stringify({ os }) })
    at.say('fail-one')
    await at.run(20, 1, cell('b'))
    at.unsay('fail-one')
    at.say('fail-two')
    await at.run(20, 1, cell('a'))
    at.unsay('fail-two')
    assert.deepEqual(at.paid(), ['one'])
    at.publish(20)
    const other = await at.run(20, 2, cell('b'))
    assert.equal(resultOf(other.main), 'success', other.main.output)
    assert.deepEqual(at.paid(), ['one', 'two'], other.main.output)
    const newest = at.project.github.runs.at(-1)?.artifacts.at(-1)
    assert.ok(newest)
    const damaged = { ...newest, bytes: newest.bytes.subarray(0, 100), createdAt: '2026-01-02T03:05:00Z' }
    at.project.github.runs.at(-1)?.artifacts.push(damaged)
    const own = await at.run(20, 2, cell('a'))
    assert.equal(resultOf(own.main), 'success', own.main.output)
    assert.deepEqual(at.paid(), ['two'], own.main.output)
  })

  it('goes on also where the arguments of agents are files of the base commit, of which each attempt has copies of its own', async () => {
    const files = ', args: [tools/ci.json]'
    const at = await openCached(`${agent('one', files)}${agent('two', `, needs: one${files}`)}`, {
      'tools/ci.json': '{}',
    })
    after(() => at.close())
    at.say('fail-two')
    const first = await at.run(8)
    assert.equal(resultOf(first.main), 'failure', first.main.output)
    assert.deepEqual(at.paid(), ['one'])
    rmSync(join(at.folder, 'temp'), { recursive: true })
    at.unsay('fail-two')
    at.publish(8)
    const second = await at.run(8, 2)
    assert.equal(resultOf(second.main), 'success', second.main.output)
    assert.deepEqual(at.paid(), ['two'], second.main.output)
  })

  it('goes on where the attempt before was killed before anything had printed', async () => {
    const at = await openCached(three)
    after(() => at.close())
    at.say('wait', '60')
    const started = at.start(9)
    await started.printed(/one started/)
    started.kill('SIGKILL')
    await started.finish()
    at.unsay('wait')
    at.publish(9)
    const again = await at.run(9, 2)
    assert.equal(resultOf(again.main), 'success', again.main.output)
    assert.match(again.main.output, /^resumed$/m)
    assert.deepEqual(at.paid(), ['one', 'three', 'two'])
  })

  it('pays once for each success, whenever the attempt before was killed', async (test) => {
    const at = await openCached(three)
    after(() => at.close())
    at.say('wait', '0.2')
    const moments = Number(process.env['RERUN_KILLS'] ?? 4)
    let seed = 7
    const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
    let resumed = 0
    for (let moment = 0; moment < moments; moment++) {
      const run = 100 + moment
      const started = at.start(run)
      const killAfter = random() * 5000
      const timer = setTimeout(() => started.kill('SIGKILL'), killAfter)
      const { main, post } = await started.finish()
      clearTimeout(timer)
      const journal = main.state['runDirectory'] === undefined ? '' : journalOf(runDirectoryOf(main))
      const succeeded = ['one', 'two', 'three'].filter((name) =>
        journal.includes(`"type":"instance.ended","id":"${name}","result":"success"`),
      )
      const before = at.paid()
      at.publish(run)
      const again = await at.run(run, 2)
      assert.equal(resultOf(again.main), 'success', again.main.output)
      const paid = at.paid()
      const where = `killed after ${Math.round(killAfter)} ms, when ${before.join()} were paid and ${succeeded.join()} had succeeded`
      assert.deepEqual(
        succeeded.length === 3 ? [] : succeeded.filter((name) => paid.includes(name)),
        [],
        `${where}: paid again ${paid.join()}\n${post.output}\n${again.main.output}`,
      )
      if (succeeded.length > 0 && succeeded.length < 3) resumed++
      at.project.results.artifacts.splice(0)
    }
    test.diagnostic(`${moments} kills, ${resumed} of them when some had succeeded and some had not`)
  })
})

function journalOf(directory: string): string {
  const path = join(directory, 'journal.ndjson')
  return existsSync(path) ? readFileSync(path, 'utf8') : ''
}
