import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { commandTable } from '../../src/cli/command-table.ts'
import type { Command } from '../../src/cli/command.ts'
import { parseArguments, quoted } from '../../src/cli/parse-arguments.ts'

function commandOf(name: string): Command {
  const command = commandTable.find((known) => known.name === name)
  assert.ok(command)
  return command
}

/** Operands, the rules of `--simulate` and what stands after `--`. */
function read(name: string, ...args: string[]) {
  const line = parseArguments(commandOf(name), args)
  if ('mistake' in line) return line
  return { operands: line.operands, simulate: line.value('simulate'), rest: line.rest }
}

describe('arguments', () => {
  it('tell the rules of --simulate from the file', () => {
    const file = { operands: ['a.yml'], rest: null }
    assert.deepEqual(read('run', 'a.yml'), { ...file, simulate: undefined })
    assert.deepEqual(read('run', 'a.yml', '--simulate'), { ...file, simulate: '' })
    assert.deepEqual(read('run', '--simulate', 'a.yml'), { ...file, simulate: '' })
    assert.deepEqual(read('run', 'a.yml', '--simulate', 'r.yml'), { ...file, simulate: 'r.yml' })
    assert.deepEqual(read('run', '--simulate', 'r.yml', 'a.yml'), { ...file, simulate: 'r.yml' })
    assert.deepEqual(read('run', '--simulate=r.yml', 'a.yml'), { ...file, simulate: 'r.yml' })
    assert.deepEqual(read('run', '--simulate', '--json', 'a.yml'), { ...file, simulate: '' })
    const resumed = { operands: [], simulate: 'r.yml', rest: null }
    assert.deepEqual(read('run', '--resume', 'dir', '--simulate', 'r.yml'), resumed)
    assert.deepEqual(read('run', '--simulate', 'r.yml', '--resume=dir'), resumed)
    assert.deepEqual(read('run', '--resume', 'dir', '--simulate'), { ...resumed, simulate: '' })
    assert.deepEqual(read('run', '--resume', 'dir', 'a.yml', '--simulate'), { ...file, simulate: '' })
    const prompt = { operands: ['Say hi'], rest: null }
    assert.deepEqual(read('once', '--simulate', 'r.yml', 'Say hi'), { ...prompt, simulate: 'r.yml' })
    assert.deepEqual(read('once', 'Say hi', '--simulate', 'r.yml'), { ...prompt, simulate: 'r.yml' })
    assert.deepEqual(read('once', '--simulate', 'r.yml', '--', 'ls'), { ...resumed, rest: ['ls'] })
    assert.deepEqual(read('once', '--simulate', 'Say hi'), { operands: ['Say hi'], simulate: '', rest: null })
  })

  it('leave alone what stands after --', () => {
    assert.deepEqual(read('once', '--', 'npm', 'test', '--', '--json'), {
      operands: [],
      simulate: undefined,
      rest: ['npm', 'test', '--', '--json'],
    })
  })

  it('are operands after -- where no command is wanted', () => {
    assert.deepEqual(read('run', '--json', '--', '-odd.yml'), {
      operands: ['-odd.yml'],
      simulate: undefined,
      rest: null,
    })
    assert.deepEqual(read('run', '--simulate', '--', 'a.yml'), { operands: ['a.yml'], simulate: '', rest: null })
    assert.deepEqual(read('run', 'a.yml', '--', 'b.yml'), { mistake: 'unexpected b.yml' })
  })

  it('collect what may be repeated and take the last of what may not', () => {
    const line = parseArguments(commandOf('run'), ['-i', 'a=1', '--input=b=2', '-j', '2', '--max-parallel', '3'])
    assert.ok(!('mistake' in line))
    assert.deepEqual(line.values('input'), ['a=1', 'b=2'])
    assert.equal(line.value('max-parallel'), '3')
    assert.equal(line.has('json'), false)
  })

  it('name the mistake and the fix', () => {
    assert.deepEqual(read('run', '--qiet'), {
      mistake: 'orchestrator run has no option --qiet',
      hint: 'did you mean --quiet?',
    })
    assert.deepEqual(read('run', '--input'), { mistake: '--input needs a value: --input k=v' })
    assert.deepEqual(read('run', '--constructor'), { mistake: 'orchestrator run has no option --constructor' })
    assert.deepEqual(read('run', 'a', 'b c'), { mistake: "unexpected 'b c'" })
    assert.equal(quoted("it's"), String.raw`'it'\''s'`)
  })
})
