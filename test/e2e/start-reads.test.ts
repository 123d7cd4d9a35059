import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { it } from 'node:test'
import { inFolder, orchestrator } from './command.ts'

const bundle = resolve(import.meta.dirname, '../../dist/cli')

/** Each 100 kB takes a start 2 ms where nothing is kept yet, as in CI. What a run of one command does not need is loaded when something does. */
const mostBytes = 800_000

it('a run of one command reads no more of the command line than it may', () =>
  inFolder({ 'one.yml': 'name: one\ninstances:\n  a: { command: [/bin/true] }\n' }, async (folder) => {
    const { code, stderr } = await orchestrator(['run', 'one.yml'], folder, { XDG_CACHE_HOME: join(folder, 'cache') })
    assert.equal(code, 0, stderr)
    const kept = join(folder, 'cache/orchestrator/compiled')
    const [build = ''] = readdirSync(kept)
    const read = readdirSync(join(kept, build, 'run')).map((name) => ({
      name,
      bytes: statSync(join(bundle, name)).size,
    }))
    const total = read.reduce((sum, { bytes }) => sum + bytes, 0)
    assert.ok(read.length > 1 && total > 100_000, 'what was read is what is kept')
    assert.ok(total <= mostBytes, `${total} bytes: ${read.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`)
  }))

it('the command line calls what its modules export, and no function that answers with it', () => {
  const getters = readFileSync(join(bundle, 'program.js'), 'utf8').match(/\b\w+\.d\(\w+,\{\w+:\(\)=>/g) ?? []
  assert.equal(getters.length, 0)
})
