import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openProject, readRun, runDirectoryOf, skip, type Project } from './project.ts'

const broken = `name: broken
instances:
  one:
    nedes: two
    run: echo one
  two:
    needs: [three]
    run: echo two
`

describe('the modes of the action', { skip }, () => {
  let project: Project
  before(async () => {
    const many = Array.from({ length: 14 }, (_, index) => `  i${index}: { rnu: x }\n`).join('')
    project = await openProject(
      { 'good.yml': 'instances: { a: { run: echo a } }\n' },
      { 'bad.yml': broken, 'many.yml': `instances:\n${many}` },
    )
  })
  after(() => project.close())

  it('check annotates the mistakes of the pull request itself', async () => {
    const { main, post } = await project.run({ mode: 'check', config: 'good.yml\nbad.yml' })
    assert.equal(main.exitCode, 1)
    assert.equal(main.outputs['result'], 'failure')
    const errors = main.reading.annotations.filter(({ name }) => name === 'error')
    assert.deepEqual(
      errors.map(({ properties }) => [properties['file'], properties['line']]),
      [
        ['bad.yml', '4'],
        ['bad.yml', '7'],
      ],
    )
    assert.match(errors[0]?.data ?? '', /nedes.*\n.*needs/s)
    assert.match(main.output, /good\.yml: 1 instance, no errors/)
    assert.match(main.output, /nedes: two/)
    assert.equal(post.output, '')
    assert.equal(project.github.requests.length, 0)
  })

  it('check says how many mistakes it could not show', async () => {
    const { main } = await project.run({ mode: 'check', config: 'many.yml' })
    assert.equal(main.exitCode, 1)
    assert.equal(main.reading.droppedAnnotations, 0)
    assert.match(main.reading.annotations.at(-1)?.data ?? '', /^\d+ more of these/)
  })

  it('check accepts good files', async () => {
    const { main } = await project.run({ mode: 'check', config: 'good.yml' })
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(main.outputs['result'], 'success')
    assert.deepEqual(main.reading.annotations, [])
  })

  it('check takes the values of inputs, and says which are wrong', async () => {
    const file = 'inputs: { cmd: { required: true } }\ninstances: { a: { command: "${{ fromJSON(inputs.cmd) }}" } }\n'
    writeFileSync(join(project.repository.checkout, 'inputs.yml'), file)
    const config = 'good.yml\ninputs.yml'
    const right = await project.run({ mode: 'check', config, inputs: `cmd: '["echo", "x"]'` })
    assert.equal(right.main.exitCode, 0, right.main.output)
    const problemsOf = async (inputs: string): Promise<string> => {
      const { main } = await project.run({ mode: 'check', config, inputs })
      assert.equal(main.exitCode, 1, main.output)
      return main.reading.annotations.map(({ data }) => data).join('\n')
    }
    assert.match(await problemsOf("cmd: '[]'"), /`command`.*is empty/)
    assert.match(await problemsOf('cmdd: x'), /unknown input `cmdd`, did you mean `cmd`\?/)
    assert.match(await problemsOf('[x]'), /must be a YAML map/)
  })

  it('check reads nothing outside of the tree for a pull request', async () => {
    const { checkout } = project.repository
    appendFileSync(
      join(checkout, '.git/config'),
      '[http "https://github.com/"]\n\textraheader = AUTHORIZATION: basic the-token-of-the-checkout\n',
    )
    symlinkSync('.git/config', join(checkout, 'link.yml'))
    writeFileSync(join(checkout, 'nosy.yml'), 'include: [.git/config, link.yml]\ninstances: { a: { run: echo a } }\n')
    for (const config of ['nosy.yml', 'link.yml', '.git/config']) {
      const { main } = await project.run({ mode: 'check', config })
      assert.equal(main.exitCode, 1, main.output)
      assert.doesNotMatch(main.output, /the-token-of-the-checkout|remote/)
    }
  })

  it('check misses a file that is not there', async () => {
    const { main } = await project.run({ mode: 'check' })
    assert.equal(main.exitCode, 1)
    assert.match(main.reading.annotations[0]?.data ?? '', /no file \.github\/orchestrator\.yml/)
  })

  it('single asks one agent', async () => {
    const { main } = await project.run({ mode: 'single', runtime: 'codex', prompt: 'Say ${{ github.token }} and ${{.' })
    assert.equal(main.exitCode, 0, main.output)
    const [instance] = readRun(runDirectoryOf(main)).instances
    assert.equal(instance?.id, 'single')
    assert.notEqual(instance?.text, '')
    assert.equal(main.outputs['final-message'], instance?.text)
    assert.match(main.outputs['comment-url'] ?? '', /#issuecomment/)
  })

  it('single takes what an instance of a file may say of its agent', async () => {
    const given = { model: 'opus', safety: 'manual', 'allowed-tools': 'Read\nGrep', 'timeout-minutes': '2.5' }
    const { main } = await project.run({ mode: 'single', prompt: 'Hi', comment: 'none', ...given })
    assert.equal(main.exitCode, 0, main.output)
    const [started = ''] = readFileSync(join(runDirectoryOf(main), 'journal.ndjson'), 'utf8').split('\n')
    const { process } = JSON.parse(started).plan.instances[0]
    const { model, safety, allowedTools, timeoutMs } = process
    assert.deepEqual([model, safety, allowedTools, timeoutMs], ['opus', 'manual', ['Read', 'Grep'], 150_000])
    const wrong = await project.run({ mode: 'single', prompt: 'Hi', safety: 'none', 'timeout-minutes': 'soon' })
    assert.equal(wrong.main.exitCode, 1)
    assert.equal(wrong.main.reading.annotations.length, 2)
  })

  it('single runs one command', async () => {
    const { main } = await project.run({ mode: 'single', command: "echo '${{ x'; exit 7", comment: 'none' })
    assert.equal(main.exitCode, 1)
    const [instance] = readRun(runDirectoryOf(main)).instances
    assert.equal(instance?.reason, 'exit:7')
    assert.equal(instance?.text, '${{ x\n')
    assert.equal(main.outputs['final-message'], '${{ x\n')
  })

  it('wrong inputs fail closed, each with an error', async () => {
    const { main } = await project.run({ mode: 'rnu', 'max-parallel': 'many' })
    assert.equal(main.exitCode, 1)
    assert.equal(main.outputs['result'], 'failure')
    assert.equal(main.reading.annotations.length, 2)
    assert.equal(main.state['runDirectory'], undefined)
  })

  it('wrong values for the inputs of the file fail closed', async () => {
    const push = { event: { name: 'push', payload: {} } }
    for (const inputs of ['nothing: 1', 'not a map', 'a: [']) {
      const { main } = await project.run({ config: 'good.yml', inputs }, push)
      assert.equal(main.exitCode, 1, inputs)
      assert.equal(main.reading.annotations[0]?.name, 'error', inputs)
    }
    const { main } = await project.run({ config: 'good.yml', only: 'b' }, push)
    assert.match(main.reading.annotations[0]?.data ?? '', /`only` names `b`/)
  })
})
