import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { createPlace } from '../cli/command-line.ts'

const root = resolve(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs/library.md'), 'utf8')

/** The programs of the page, each with what it says that they print. */
const programs = [...page.matchAll(/^```ts\n([^]*?)^```\n\n```text\n([^]*?)^```$/gm)].map(
  ({ index, 1: text = '', 2: prints = '' }) => ({
    line: page.slice(0, index).split('\n').length,
    text,
    prints,
  }),
)

/** A program's own folder, which has the library installed as npm installs a folder: by a link to it. */
function installLibrary() {
  const place = createPlace({
    'package.json': '{ "type": "module" }',
    'library/package.json': JSON.stringify({ name: 'orchestrator-action', type: 'module', exports: './index.ts' }),
    'library/index.ts': `export * from ${JSON.stringify(join(root, 'src/index.ts'))}\n`,
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { typeRoots: [join(root, 'node_modules/@types')] },
      include: ['*.ts'],
    }),
  })
  mkdirSync(join(place.path, 'node_modules'))
  symlinkSync(join(place.path, 'library'), join(place.path, 'node_modules/orchestrator-action'), 'junction')
  for (const { line, text } of programs) writeFileSync(join(place.path, `line-${line}.ts`), text)
  return place
}

describe('a program of docs/library.md', { concurrency: 2 }, () => {
  let place: ReturnType<typeof installLibrary>
  before(() => {
    place = installLibrary()
  })
  after(() => place[Symbol.dispose]())

  const node = (args: readonly string[]) =>
    spawnSync(process.execPath, args, {
      cwd: place.path,
      encoding: 'utf8',
      env: {
        PATH: [join(root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
        HOME: place.path,
      },
    })

  it('is there for each block of code, with what it prints', () => {
    assert.equal(programs.length, [...page.matchAll(/^```ts$/gm)].length)
    assert.ok(programs.length >= 6)
  })

  it('compiles, strictly', () => {
    const { status, stdout } = node([join(root, 'node_modules/typescript/bin/tsc'), '-p', '.'])
    assert.equal(status, 0, stdout)
  })

  for (const { line, prints } of programs)
    it(`line ${line} prints what the page says`, () => {
      const warnings = join(root, 'test/fail-on-warning.ts')
      const { status, stdout, stderr } = node(['--import', warnings, `line-${line}.ts`])
      assert.equal(stdout, prints, stderr)
      assert.equal(stderr, '')
      assert.equal(status, 0)
    })
})
