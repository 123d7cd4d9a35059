import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { it } from 'node:test'

const program = resolve(import.meta.dirname, '../fixtures/action/show-environment.ts')
const secrets = {
  'INPUT_GITHUB-TOKEN': 'token-of-the-job',
  ACTIONS_RUNTIME_TOKEN: 'runtime\nwith lines',
  GITHUB_ENV: '/temp/env',
}

it('leaves no secret of the step where its children could read it, and no debugger they could open', async () => {
  const child = spawn(process.execPath, [program, 'argument'], {
    env: { PATH: process.env['PATH'], GITHUB_REPOSITORY: 'octo/app', ...secrets },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const line = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.endsWith('\n')) done()
    })
  })
  const ended = new Promise((done) => child.on('close', (code, signal) => done([code, signal])))
  await Promise.race([line, ended])
  const { block, env, argv, input } = JSON.parse(said)
  for (const value of Object.values(secrets)) assert.ok(!block.includes(value), block)
  assert.ok(block.includes('GITHUB_REPOSITORY=octo/app'))
  for (const [name, value] of Object.entries(secrets)) assert.equal(env[name], value)
  assert.deepEqual([argv, input], [['argument'], ''])
  child.kill('SIGUSR1')
  child.kill('SIGTERM')
  assert.deepEqual(await ended, [0, null])
  assert.doesNotMatch(errors, /[Dd]ebugger/)
})
