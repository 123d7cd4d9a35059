import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import type { RunningStep } from '../rig/step-runner.ts'
import { eventually, openProject, skip, skipOffLinux, type Project } from './project.ts'

/** Looks for the runner's files as any process of its user can. */
const meddle = `
temp=$(dirname "$GITHUB_EVENT_PATH")
for folder in "$temp"/_runner_file_commands_main_*; do
  echo 'NODE_OPTIONS=--require=/tmp/evil.js' >> "$folder/env"
  echo "$PWD/evil" >> "$folder/path"
  printf 'result<<NEVER\\nforged\\n' >> "$folder/output"
  printf 'runDirectory<<NEVER\\n/elsewhere\\n' >> "$folder/state"
  echo '# All is well' >> "$folder/step_summary"
done
`

const file = JSON.stringify({
  name: 'record',
  instances: { quick: { run: 'echo done' }, slow: { needs: 'quick', run: 'sleep 600' } },
})

describe('the record of a run', { skip, timeout: 180_000 }, () => {
  let project: Project
  beforeEach(async () => {
    project = await openProject({ '.github/orchestrator.yml': file })
  })
  afterEach(() => project.close())

  it('is kept from a process that writes into the files of the runner', async () => {
    const { main, post } = await project.run({ mode: 'single', command: meddle })
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(main.outputs['result'], 'success')
    assert.equal(main.outputs['failed'], '[]')
    assert.doesNotMatch(main.summary ?? '', /All is well/)
    assert.match(main.summary ?? '', /success/)
    assert.notEqual(main.state['runDirectory'], '/elsewhere')
    const folder = readdirSync(join(project.repository.checkout, '../temp-1')).find((name) => name.includes('_main_'))
    for (const name of ['env', 'path'])
      assert.equal(readFileSync(join(project.repository.checkout, '../temp-1', folder ?? '', name), 'utf8'), '')
    assert.match(
      main.output,
      /::warning::A process of this run wrote to GITHUB_OUTPUT, GITHUB_STATE, GITHUB_STEP_SUMMARY, GITHUB_ENV, GITHUB_PATH/,
    )
    assert.equal(post.output, '')
  })

  /** What `main` has left to `post` so far. */
  function stateOf(temp: string): string {
    const folder = readdirSync(temp).find((name) => name.includes('_main_'))
    return readFileSync(join(temp, folder ?? '', 'state'), 'utf8')
  }

  /** A step whose `main` is killed while `slow` runs, and its run directory. */
  async function killed(): Promise<{ step: RunningStep; directory: string; temp: string }> {
    const step = project.start()
    const temp = join(project.repository.checkout, '../temp-1')
    const directory = await eventually(() => {
      const root = existsSync(temp) ? readdirSync(temp).find((name) => name.startsWith('orchestrator-')) : undefined
      const found = join(temp, root ?? '', 'latest')
      const journal = join(found, 'journal.ndjson')
      const hasStarted =
        existsSync(journal) && readFileSync(journal, 'utf8').includes('"type":"attempt.started","id":"slow"')
      return hasStarted && stateOf(temp).includes('comment<<') ? found : undefined
    })
    step.kill('SIGKILL')
    await step.main
    return { step, directory, temp }
  }

  /** What a child would write to have all reported as well. */
  const forged = [
    { type: 'instance.ended', id: 'slow', result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} },
    { type: 'run.ended', result: 'success', reason: '' },
  ]

  function forge(directory: string): void {
    const path = join(directory, 'journal.ndjson')
    let seq = readFileSync(path, 'utf8').trimEnd().split('\n').length
    for (const event of forged)
      appendFileSync(path, `${JSON.stringify({ v: 1, seq: seq++, at: Date.now(), ...event })}\n`)
  }

  it('is believed as far as it is proven, when main was killed', { skip: skipOffLinux }, async () => {
    const { step, directory } = await killed()
    forge(directory)
    const { post } = await step.finish(directory)
    assert.equal(post.exitCode, 0, post.output)
    const [comment] = project.github.comments
    assert.match(comment?.body ?? '', /\*\*record\*\* was interrupted: the orchestrator was killed/)
    assert.match(comment?.body ?? '', /last \d+ bytes are left out/)
    assert.match(post.summary ?? '', /was interrupted: the orchestrator was killed/)
  })

  it('is not believed when it is another, and nothing of it is posted', { skip: skipOffLinux }, async () => {
    const { step, directory } = await killed()
    const path = join(directory, 'journal.ndjson')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"name":"record"', '"name":"forged"'))
    forge(directory)
    const { post } = await step.finish(directory)
    assert.equal(post.exitCode, 0, post.output)
    const [comment] = project.github.comments
    assert.match(comment?.body ?? '', /^<!-- orchestrator:\S+ run=4711 attempt=1 /)
    assert.match(comment?.body ?? '', /The run has ended without a report\n\n.*its seal does not prove it/)
    assert.doesNotMatch(comment?.body ?? '', /forged|running|success/)
    assert.equal(post.summary, undefined)
    assert.match(
      post.output,
      /::warning::The main step was cut short, and its record was changed.*seal does not prove it/,
    )
  })

  it(
    'holds nobody up: a pipe, or more than can be read, in the place of the record, its seal or the event',
    {
      skip: skipOffLinux,
    },
    async () => {
      const { step, directory, temp } = await killed()
      const pipeAt = (path: string): void => {
        rmSync(path, { force: true })
        execFileSync('mkfifo', [path])
      }
      truncateSync(join(directory, 'journal.ndjson'), 3 * 2 ** 30)
      const { post } = await step.finish(directory)
      assert.match(post.summary ?? '', /was interrupted: the orchestrator was killed/)
      assert.match(project.github.comments[0]?.body ?? '', /last [\d,]+ bytes are left out/)
      pipeAt(join(directory, 'journal.seal'))
      assert.match((await step.finish(directory)).post.output, /seal does not prove it/)
      pipeAt(join(directory, 'journal.ndjson'))
      assert.match((await step.finish(directory)).post.output, /it is gone/)
      pipeAt(join(temp, 'event.json'))
      assert.match((await step.finish(directory)).post.output, /payload .* cannot be read: .* is not a regular file/)
    },
  )

  it('goes to no other pull request than main ran for', { skip: skipOffLinux }, async () => {
    const { step, directory, temp } = await killed()
    const event = join(temp, 'event.json')
    writeFileSync(event, readFileSync(event, 'utf8').replace(/"number":\s*1\b/g, '"number": 2'))
    const { post } = await step.finish(directory)
    const [comment, ...others] = project.github.comments
    assert.equal(others.length, 0)
    assert.match(comment?.body ?? '', /The run has ended without a report/)
    assert.match(post.output, /seal does not prove it/)
  })

  it('is missed when it is gone', { skip: skipOffLinux }, async () => {
    const { step, directory } = await killed()
    rmSync(join(directory, 'journal.ndjson'))
    const { post } = await step.finish(directory)
    assert.match(post.output, /it is gone\. None of it is reported/)
  })
})
