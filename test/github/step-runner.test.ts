import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { runStep, startStep, type StepOptions } from '../rig/step-runner.ts'

const directory = mkdtempSync(join(tmpdir(), 'step-runner-'))
after(() => rmSync(directory, { recursive: true }))

let scripts = 0

/** Options of a step whose stages are these programs. */
function stepOf(main: string, post = ''): StepOptions {
  const write = (text: string): string => {
    const path = join(directory, `${++scripts}.mjs`)
    writeFileSync(path, `import { appendFileSync as append } from 'node:fs'\nconst env = process.env\n${text}`)
    return path
  }
  return {
    workspace: directory,
    temp: join(directory, `temp-${scripts}`),
    inputs: { 'two words': 'x' },
    event: { name: 'push', payload: { a: 1 } },
    repository: 'octo/app',
    sha: '0',
    entries: { main: write(main), post: write(post) },
  }
}

/** The rig itself: what it does is what actions/runner does. */
describe('the step runner', () => {
  it('carries state from main to post, each with fresh files', async () => {
    const { main, post } = await runStep(
      stepOf(
        `append(env.GITHUB_STATE, 'a<<X\\n1\\n2\\nX\\nb=3\\n'); append(env.GITHUB_OUTPUT, 'in=' + env.INPUT_TWO_WORDS)`,
        `append(env.GITHUB_OUTPUT, 'got=' + env.STATE_a.length + env.STATE_b); append(env.GITHUB_STEP_SUMMARY, '# hi')`,
      ),
    )
    assert.deepEqual(main.state, { a: '1\n2', b: '3' })
    assert.deepEqual(main.outputs, { in: 'x' })
    assert.deepEqual(post.outputs, { got: '33' })
    assert.equal(post.summary, '# hi')
  })

  it('closes standard input and shows no terminal', async () => {
    const { main } = await runStep(
      stepOf(`process.stdin.on('end', () => console.log('end', process.stdout.isTTY)).resume()`),
    )
    assert.equal(main.output, 'end undefined\n')
  })

  it('drops a summary that is too large', async () => {
    const { main } = await runStep(stepOf(`append(env.GITHUB_STEP_SUMMARY, 'x'.repeat(1024 * 1024 + 1))`))
    assert.equal(main.summary, undefined)
    assert.equal(main.summaryDropped, true)
  })

  it('refuses a file command that is cut off', async () => {
    await assert.rejects(runStep(stepOf(`append(env.GITHUB_OUTPUT, 'a<<X\\n1\\n')`)), /Matching delimiter not found/)
  })

  it('obeys commands of both streams, but not between stop-commands and its token', async () => {
    const { main } = await runStep(
      stepOf(
        `console.error('::set-output name=a::1'); console.log('::stop-commands::t\\n::set-output name=b::2\\n##[error]x\\n::t::\\nsee ##[error]y')`,
      ),
    )
    assert.deepEqual(main.reading.outputs, { a: '1' })
    assert.deepEqual(
      main.reading.annotations.map(({ data }) => data),
      ['y'],
    )
  })

  it('shows ten annotations of each level', async () => {
    const { main } = await runStep(stepOf(`for (let i = 0; i < 12; i++) console.log('::error::' + i)`))
    assert.equal(main.reading.annotations.length, 10)
    assert.equal(main.reading.droppedAnnotations, 2)
  })

  it('asks, insists, kills, and runs post all the same', async () => {
    const stubborn = `
      process.on('SIGINT', () => console.log('int')); process.on('SIGTERM', () => console.log('term'))
      setInterval(() => {}, 1000); console.log('ready')`
    const step = startStep(stepOf(stubborn, `console.log('post')`))
    await step.printed(/ready/)
    step.cancel(150, 150)
    const { main, post } = await step.finish()
    assert.equal(main.signal, 'SIGKILL')
    assert.equal(main.output, 'ready\nint\nterm\n')
    assert.equal(post.output, 'post\n')
  })
})
