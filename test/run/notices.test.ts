import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { ProcessInstance } from '../../src/core/instance.ts'
import { canLimitCores } from '../../src/process/control-group.ts'
import { noticesOf } from '../../src/run/notices.ts'
import { instanceNamed, runStarted } from '../journal/small-run.ts'

const withProcess = (id: string, rest: Partial<ProcessInstance['process']>): ProcessInstance => {
  const instance = instanceNamed(id)
  return { ...instance, process: { ...instance.process, ...rest } }
}

const messages = (instances: readonly ProcessInstance[], environment: Record<string, string>): string[] =>
  noticesOf(runStarted(instances).plan, environment).map(({ message }) => message)

it('a secret too short to be masked is told once, also one that only a fallback uses', () => {
  const last = instanceNamed('c')
  const instances = [
    withProcess('a', { secrets: ['PIN', 'LONG', 'UNSET'] }),
    withProcess('b', { secrets: ['PIN'] }),
    { ...last, fallback: [{ process: { ...last.process, secrets: ['CODE'] } }] },
  ]
  assert.deepEqual(messages(instances, { PIN: '123', LONG: 'long enough', CODE: 'ab' }), [
    'the secret PIN is not masked: it is shorter than 4 characters',
    'the secret CODE is not masked: it is shorter than 4 characters',
  ])
})

it(
  'a limit that cannot be enforced is told once, with who asks for it',
  { skip: canLimitCores() && 'it can be here' },
  () => {
    const instances = ['a', 'b', 'c', 'd', 'e'].map((id) => withProcess(id, { limits: { cpus: 1, outputBytes: 10 } }))
    assert.deepEqual(messages(instances, {}), ['limits.cpu cannot be enforced on this machine (a, b, c and 2 more)'])
  },
)
