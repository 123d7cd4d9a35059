import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, it } from 'node:test'

const root = resolve(import.meta.dirname, '../../src')
const lineLimit = 300

/** The layer table of docs/architecture.md: what a folder may import of ours, and from outside. */
const layers: Record<string, { ours: string[]; external: RegExp }> = {
  core: { ours: [], external: /^$/ },
  expression: { ours: ['core'], external: /^@actions\/expressions(\/|$)/ },
  workflow: { ours: ['core', 'expression'], external: /^(yaml|zod)(\/|$)/ },
  engine: { ours: ['core', 'expression'], external: /^$/ },
  process: { ours: ['core'], external: /^node:/ },
  agents: { ours: ['core', 'expression', 'process'], external: /^(node:|zod$)/ },
  simulate: { ours: ['core'], external: /^(node:|yaml$)/ },
  journal: { ours: ['core'], external: /^node:/ },
  report: { ours: ['core'], external: /^$/ },
  github: { ours: ['core', 'report'], external: /^(node:|@actions\/)/ },
  cli: { ours: ['*'], external: /^node:/ },
  '.': { ours: ['*'], external: /^(node:|yaml$)/ },
}

interface Source {
  path: string
  folder: string
  lines: number
  imports: string[]
}

const importPattern =
  /(?:^|[\s;])(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g

const sources: Source[] = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => {
    const text = readFileSync(join(root, path), 'utf8')
    const folder = dirname(path) === '.' ? '.' : (path.split(/[\\/]/)[0] ?? '.')
    const imports = [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? '')
    return { path: path.replaceAll('\\', '/'), folder, lines: text.split('\n').length - 1, imports }
  })

const targetOf = (source: Source, specifier: string): string =>
  relative(root, resolve(root, dirname(source.path), specifier)).replaceAll('\\', '/')

describe('the layers', () => {
  it('hold source files', () => assert.ok(sources.length > 10))

  it('import only what their row allows', () => {
    const violations: string[] = []
    for (const source of sources) {
      const layer = layers[source.folder]
      if (layer === undefined) violations.push(`${source.path}: folder is not in the table`)
      else
        for (const specifier of source.imports) {
          if (!specifier.startsWith('.')) {
            if (!layer.external.test(specifier)) violations.push(`${source.path} imports ${specifier}`)
            continue
          }
          const target = targetOf(source, specifier)
          const folder = target.includes('/') ? (target.split('/')[0] ?? '') : '.'
          if (folder !== source.folder && !layer.ours.includes(folder) && !layer.ours.includes('*'))
            violations.push(`${source.path} imports ${target}`)
        }
    }
    assert.deepEqual(violations, [])
  })

  it('have no cycle between files, type imports included', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]))
    const done = new Set<string>()
    const cycles: string[] = []
    const visit = (path: string, trail: string[]): void => {
      const at = trail.indexOf(path)
      if (at !== -1) cycles.push([...trail.slice(at), path].join(' → '))
      const source = byPath.get(path)
      if (at !== -1 || source === undefined || done.has(path)) return
      for (const specifier of source.imports)
        if (specifier.startsWith('.')) visit(targetOf(source, specifier), [...trail, path])
      done.add(path)
    }
    for (const source of sources) visit(source.path, [])
    assert.deepEqual(cycles, [])
  })

  it(`have no file over ${lineLimit} lines`, () => {
    assert.deepEqual(
      sources.filter((source) => source.lines > lineLimit).map((source) => `${source.path}: ${source.lines}`),
      [],
    )
  })

  it('have no barrel and no default export', () => {
    const offenders = sources.filter((source) => {
      const text = readFileSync(join(root, source.path), 'utf8')
      return /^export default /m.test(text) || (/^export \* from/m.test(text) && source.path !== 'index.ts')
    })
    assert.deepEqual(
      offenders.map((source) => source.path),
      [],
    )
  })

  it('keep the environment, the console, the clock and randomness at the root', () => {
    const outside =
      /\bprocess\.env\b|\bconsole\.(?:log|error|warn|info|debug)\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/
    const offenders = sources
      .filter(
        (source) =>
          source.folder !== '.' && !['github/context.ts', 'cli/main.ts', 'cli/start.ts'].includes(source.path),
      )
      .filter((source) =>
        outside.test(readFileSync(join(root, source.path), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '')),
      )
    assert.deepEqual(
      offenders.map((source) => source.path),
      [],
    )
  })
})
