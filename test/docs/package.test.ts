import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, it } from 'node:test'
import { isObject } from '../../src/core/is-object.ts'

const root = resolve(import.meta.dirname, '../..')
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), 'utf8'))

interface Locked {
  readonly engines?: { readonly node?: string }
  readonly optional?: boolean
  readonly hasInstallScript?: boolean
}

const manifest = read('package.json')
const lock = read('package-lock.json')
assert.ok(isObject<{ engines: { node: string }; allowScripts: Record<string, boolean> }>(manifest))
assert.ok(isObject<{ packages: Record<string, Locked> }>(lock))
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

/** Whether a range of `engines` has a version of this major: `>=18`, `^20.19.0 || >=22.12.0`, `18 || 20`. */
function admits(range: string, major: number): boolean {
  return range.split('||').some((part) => {
    const [, operator = '', first = ''] = /^\s*(>=|\^|~|)\s*v?(\d+|\*)/.exec(part) ?? []
    return first === '*' || (operator === '>=' ? Number(first) <= major : Number(first) === major)
  })
}

describe('`npm ci`', () => {
  it('warns of no package that asks for a newer Node than we do', () => {
    const lowest = Number(/\d+/.exec(manifest.engines.node)?.[0])
    const newer = packages
      .filter(([, { engines, optional }]) => optional !== true && !admits(engines?.node ?? '*', lowest))
      .map(([path, { engines }]) => `${path}: ${engines?.node}`)
    assert.deepEqual(newer, [], 'where a program runs on it all the same, take its `engines` out of package-lock.json')
  })

  it('is told of every install script whether it may run', () => {
    const names = packages
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
    assert.deepEqual(names.toSorted(), Object.keys(manifest.allowScripts).toSorted())
  })
})

describe('`npm pack`', () => {
  it('takes what runs and what describes it, and neither sources nor tests', () => {
    const printed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    })
    const packed: unknown = JSON.parse(printed)
    const [only] = Array.isArray(packed) ? packed : Object.values(Object(packed))
    const paths: string[] = only.files.map(({ path }: { path: string }) => path)
    const strange = paths.filter(
      (path) => !/^(?:dist|schema)\/|^(?:CHANGELOG|LICENSE|README)|^action\.yml$|^package\.json$/.test(path),
    )
    assert.deepEqual(strange, [])
    assert.deepEqual(
      paths.filter((path) => /\.test\.|(?:^|\/)test\//.test(path)),
      [],
    )
    for (const path of [
      'dist/cli/index.js',
      'dist/library/index.js',
      'dist/library/types/index.d.ts',
      'dist/action/licenses.txt',
      'LICENSE',
    ])
      assert.ok(paths.includes(path), path)
  })
})
