import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inFolder, orchestrator, type Finished } from './command.ts'

const files = { 'one.yml': 'name: one\ninstances:\n  a: { command: [node, -e, "0"] }\n' }

const large = `name: large\ninstances:\n${Array.from({ length: 600 }, (_, at) => `  n${at}: { command: [/bin/true] }\n`).join('')}`

/** Runs the file, and says what is kept of the command: each file with its content. */
async function run(folder: string, args = ['run', 'one.yml']): Promise<Finished & { kept: Map<string, Buffer> }> {
  const finished = await orchestrator(args, folder, { XDG_CACHE_HOME: join(folder, 'cache') })
  return { ...finished, kept: keptIn(folder, args[0] ?? '') }
}

function keptIn(folder: string, command: string): Map<string, Buffer> {
  const place = placeOf(folder, command)
  if (place === undefined) return new Map()
  return new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name))]))
}

function placeOf(folder: string, command: string): string | undefined {
  const all = join(folder, 'cache/orchestrator/compiled')
  return readdirSync(folder).includes('cache')
    ? readdirSync(all)
        .map((build) => join(all, build, command))
        .find((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    : undefined
}

describe('compiled code', () => {
  it('is kept by the first run of a command and used by the next', () =>
    inFolder(files, async (folder) => {
      const { kept } = await run(folder)
      assert.ok(kept.has('program.js'), [...kept.keys()].join(' '))
      const place = placeOf(folder, 'run') ?? ''
      for (const name of kept.keys()) utimesSync(join(place, name), 1, 1)
      const again = await run(folder)
      assert.equal(again.code, 0)
      for (const name of kept.keys())
        assert.equal(statSync(join(place, name)).mtimeMs, 1000, `${name} was compiled again`)
      assert.equal(keptIn(folder, 'check').size, 0)
      assert.ok((await run(folder, ['check', 'one.yml'])).kept.size > 0)
    }))

  it('is used after a run of any size, for which V8 is tuned', () =>
    inFolder({ ...files, 'large.yml': large }, async (folder) => {
      mkdirSync(join(folder, 'parts'))
      const collect = (file: string): ReturnType<typeof run> =>
        run(folder, ['collect', file, '--fragments', 'parts', '--quiet'])
      const { stdout, kept } = await collect('large.yml')
      assert.match(stdout, /600 failure/)
      assert.ok(kept.has('program.js'))
      const program = join(placeOf(folder, 'collect') ?? '', 'program.js')
      utimesSync(program, 1, 1)
      for (const file of ['large.yml', 'one.yml']) await collect(file)
      assert.equal(statSync(program).mtimeMs, 1000, 'program.js was compiled again')
    }))

  it('is made anew where it is damaged', () =>
    inFolder(files, async (folder) => {
      const { kept } = await run(folder)
      const place = placeOf(folder, 'run') ?? ''
      const flipped = (bytes: Buffer): Buffer =>
        Buffer.from(bytes.map((byte, at) => (at % 1000 === 0 ? byte ^ 4 : byte)))
      const damages: ((bytes: Buffer) => Buffer)[] = [
        flipped,
        (bytes) => bytes.subarray(0, bytes.length / 2),
        (bytes) => Buffer.alloc(bytes.length),
        () => Buffer.alloc(0),
        () => Buffer.from('one'),
      ]
      for (const damage of damages) {
        for (const [name, bytes] of kept) writeFileSync(join(place, name), damage(bytes))
        const { code, stderr, kept: mended } = await run(folder)
        assert.equal(code, 0, stderr)
        assert.deepEqual([...mended.keys()], [...kept.keys()])
        for (const [name, bytes] of kept) assert.notDeepEqual(mended.get(name), damage(bytes))
      }
    }))

  it('is not needed, and where it cannot be kept nothing is said', () =>
    inFolder({ ...files, cache: 'no directory' }, async (folder) => {
      const env = { XDG_CACHE_HOME: join(folder, 'cache') }
      assert.equal((await orchestrator(['run', 'one.yml'], folder, env)).code, 0)
      const homeless = await orchestrator(['run', 'one.yml', '--quiet'], folder, { HOME: '' })
      assert.equal(homeless.code, 0)
      rmSync(join(folder, 'cache'))
      const { code, stderr, kept } = await run(folder, ['run', 'missing.yml'])
      assert.deepEqual([code, kept.size], [2, 0])
      assert.match(stderr, /^error: cannot read missing\.yml/)
    }))

  it('of builds that are not used any more is removed', () =>
    inFolder(files, async (folder) => {
      const all = join(folder, 'cache/orchestrator/compiled')
      for (const name of ['old', 'young']) mkdirSync(join(all, name, 'run'), { recursive: true })
      const longAgo = Date.now() / 1000 - 40 * 86_400
      utimesSync(join(all, 'old'), longAgo, longAgo)
      await run(folder)
      const [kept = '', ...others] = readdirSync(all)
      assert.match(kept, /^[0-9a-f]{16}-v\d+\.\d+\.\d+-\w+$/)
      assert.deepEqual(others, ['young'])
    }))
})
