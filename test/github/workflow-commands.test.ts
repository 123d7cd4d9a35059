import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { writeAnnotations } from '../../src/github/annotations.ts'
import { createWorkflowCommands } from '../../src/github/workflow-commands.ts'
import { createRunnerReading, type RunnerReading } from '../rig/runner-commands.ts'

/** Commands whose every byte goes through the runner's own reading. */
function connect(): {
  commands: ReturnType<typeof createWorkflowCommands>
  read: () => RunnerReading
  raw: () => string
} {
  let written = ''
  let count = 0
  const commands = createWorkflowCommands(
    (text) => (written += text),
    () => `token-${++count}`,
  )
  return {
    commands,
    raw: () => written,
    read() {
      commands.flush()
      const reading = createRunnerReading()
      for (const line of written.replace(/\n$/, '').split(/\r?\n/)) reading.line(line)
      return reading
    },
  }
}

describe('workflow commands', () => {
  it('cannot be given by foreign text', () => {
    const { commands, read } = connect()
    const foreign = [
      '::set-output name=result::success',
      '  ::add-mask::a',
      '\t::stop-commands::x',
      'so ##[error]it says',
      '##[set-output name=failed;]none',
      '::token-1::',
      '::error::no',
    ]
    commands.print(`${foreign.join('\n')}\n`)
    commands.annotate('notice', 'still heard')
    const reading = read()
    assert.deepEqual(reading.outputs, {})
    assert.deepEqual(reading.masks, [])
    assert.equal(reading.stopped, false)
    assert.deepEqual(
      reading.annotations.map(({ data }) => data),
      ['still heard'],
    )
    for (const line of foreign) assert.ok(reading.log.includes(line), line)
  })

  it('cannot be given by foreign text that arrives in pieces', () => {
    const { commands, read } = connect()
    for (const piece of ['begin :', ':', '\n:', ':error::no\n:', ':warn', 'ing::no']) commands.print(piece)
    commands.annotate('error', 'ours')
    assert.deepEqual(
      read().annotations.map(({ data }) => data),
      ['ours'],
    )
  })

  it('leave harmless text as it is', () => {
    const { commands, raw } = connect()
    commands.print('one\ntwo: three\n')
    assert.equal(raw(), 'one\ntwo: three\n')
  })

  it('carry any text and any place', () => {
    const { commands, read } = connect()
    const message = '100%\r\n::error::no, 50%0A'
    commands.annotate('error', message, {
      title: 'a: b, c%\n',
      file: 'x,y:z.yml',
      line: 3,
      column: 1,
      endLine: 4,
      endColumn: 2,
    })
    const [annotation] = read().annotations
    assert.equal(annotation?.data, message)
    assert.deepEqual(annotation?.properties, {
      title: 'a: b, c%\n',
      file: 'x,y:z.yml',
      line: '3',
      endLine: '4',
      col: '1',
      endColumn: '2',
    })
  })

  it('keep messages within the limit and characters whole', () => {
    const { commands, read } = connect()
    commands.annotate('error', `${'x'.repeat(4094)}😀😀`)
    const message = read().annotations[0]?.data ?? ''
    assert.ok(message.length <= 4096)
    assert.equal(message, `${'x'.repeat(4094)}…`)
  })

  it('count what the runner would not show', () => {
    const { commands, read } = connect()
    writeAnnotations(
      commands,
      Array.from({ length: 14 }, (_, index) => ({ level: 'error' as const, message: `failure ${index}` })),
    )
    const reading = read()
    assert.equal(reading.annotations.length, 10)
    assert.equal(reading.droppedAnnotations, 0)
    assert.match(reading.annotations[9]?.data ?? '', /^5 more/)
  })
})
