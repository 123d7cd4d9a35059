import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, it } from 'node:test'

const root = resolve(import.meta.dirname, '../../src')
const lineLimit = 300

interface Layer {
  readonly allows: (folder: string) => boolean
  readonly external: readonly string[]
}

/** The rows of the table in docs/architecture.md: what a folder may import of ours, and from outside. */
const layers: ReadonlyMap<string, Layer> = readLayers(
  readFileSync(resolve(root, '../docs/architecture.md'), 'utf8')
    .split('\n## ')
    .find((section) => section.startsWith('Layers')) ?? '',
)

function readLayers(text: string): Map<string, Layer> {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | '))
  return new Map(
    rows.map(([name = '', , ours = '', external = '']) => {
      const listed = names(ours)
      const allows = (folder: string): boolean => listed.includes(folder) !== ours.startsWith('all but')
      return [names(name)[0] ?? '', { allows, external: names(external) }]
    }),
  )
}

function names(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '')
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
    const folder = path.split(/[\\/]/)[0] ?? ''
    const imports = [...text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? '')
    return { path: path.replaceAll('\\', '/'), folder, lines: text.split('\n').length - 1, imports }
  })

const targetOf = (source: Source, specifier: string): string =>
  relative(root, resolve(root, dirname(source.path), specifier)).replaceAll('\\', '/')

const isOf = (specifier: string, name: string): boolean =>
  name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`)

/** Where the outside comes in. */
const mayAsk = new Set([
  'index.ts',
  'run/execute-run.ts',
  'action/main.ts',
  'action/post.ts',
  'action/step.ts',
  'github/context.ts',
  'cli/main.ts',
  'cli/start.ts',
])

describe('the layers', () => {
  it('hold every source file, and none is empty', () => {
    const folders = [...new Set(sources.map((source) => source.folder))]
    assert.deepEqual(folders.toSorted(), [...layers.keys()].toSorted())
  })

  it('have fewer than 70 arrows between them', () => {
    const arrows = new Set<string>()
    for (const source of sources)
      for (const specifier of source.imports.filter((name) => name.startsWith('.'))) {
        const folder = targetOf(source, specifier).split('/')[0]
        if (folder !== source.folder) arrows.add(`${source.folder} → ${folder}`)
      }
    assert.ok(arrows.size < 70, `${arrows.size} arrows`)
  })

  it('import only what their row allows', () => {
    const violations: string[] = []
    for (const source of sources) {
      const layer = layers.get(source.folder)
      if (layer === undefined) violations.push(`${source.path}: folder is not in the table`)
      else
        for (const specifier of source.imports) {
          if (!specifier.startsWith('.')) {
            if (!layer.external.some((name) => isOf(specifier, name)))
              violations.push(`${source.path} imports ${specifier}`)
            continue
          }
          const target = targetOf(source, specifier)
          const folder = target.split('/')[0] ?? ''
          if (folder !== source.folder && !layer.allows(folder)) violations.push(`${source.path} imports ${target}`)
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

  it('call nothing that Node 20 does not have', () => {
    const newer =
      /\bPromise\.(?:withResolvers|try)\b|\bArray\.fromAsync\b|\b(?:Object|Map)\.groupBy\b|\bglobSync\b|\bmatchesGlob\b|\bRegExp\.escape\b|\.(?:keys|values|entries)\(\)\s*\.(?:filter|some|every|find|reduce|toArray|take|drop)\(/
    const offenders = sources.filter(({ path }) =>
      newer.test(readFileSync(join(root, path), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '')),
    )
    assert.deepEqual(
      offenders.map((source) => source.path),
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

  it('read files by what holds nobody up, be they pipes, devices or without end', () => {
    // What the kernel, this very process or a step that is over has made.
    const mayRead =
      /^(?:process\/(?:ending-signals|hide-environment|control-group|identity|newcomers|proc|unguessable|read-regular-file)|action\/leave-environment|launch\/sandbox\/driver-script|github\/(?:read-regular|file-commands)|cli\/start|journal\/seal)\.ts$/
    const offenders = sources
      .filter((source) => !mayRead.test(source.path))
      .filter((source) =>
        /\b(?:readFileSync|readFile|createReadStream)\(|\bopenSync\([^)]*'r\+?'/.test(
          readFileSync(join(root, source.path), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, ''),
        ),
      )
    assert.deepEqual(
      offenders.map((source) => source.path),
      [],
    )
  })

  it('keep the environment, the console, the clock and randomness where the outside comes in', () => {
    const outside =
      /\bprocess\.env\b|\bconsole\.(?:log|error|warn|info|debug)\b|\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/
    const offenders = sources
      .filter((source) => !mayAsk.has(source.path))
      .filter((source) =>
        outside.test(readFileSync(join(root, source.path), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, '')),
      )
    assert.deepEqual(
      offenders.map((source) => source.path),
      [],
    )
  })
})
