/**
 * Makes `dist/`: `tsc` strips the types into `build/`, `ncc` bundles each entry from there with the licences of what it bundles,
 * `terser` minifies all of it (ncc minifies no chunk, and reading source is most of a cold start). The library's types stand beside it. Two builds of one commit are
 * byte-identical; `--check` fails when `dist/` is not what the sources make.
 */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { minify } from 'terser'

const root = resolve(import.meta.dirname, '..')
const entries = { action: 'action.js', post: 'action-post.js', cli: 'cli/main.js', library: 'index.js' }
const tool = (path: string): string => join(root, 'node_modules', path)

async function build(into: string): Promise<void> {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  run([tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json'])
  for (const [name, entry] of Object.entries(entries)) {
    const out = join(into, name)
    run([
      tool('@vercel/ncc/dist/ncc/cli.js'),
      'build',
      join('build', entry),
      '-o',
      out,
      '-q',
      '--no-cache',
      '--license',
      'licenses.txt',
    ])
    await minifyFolder(out)
  }
}

/** ncc asks for each built-in module through a `require` made for it; the built-in way is the same at a tenth of the cost. */
const viaRequire = '__WEBPACK_EXTERNAL_createRequire(import.meta.url)('

async function minifyFolder(folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, file)
    const bundle = readFileSync(path, 'utf8').replaceAll(viaRequire, 'process.getBuiltinModule(')
    const { code } = await minify(bundle, { module: true, ecma: 2020 })
    if (code === undefined) throw new Error(`${path} could not be minified`)
    writeFileSync(path, code)
  }
}

function run(argv: string[]): void {
  execFileSync(process.execPath, argv, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
}

function filesOf(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(folder.length), readFileSync(path, 'latin1')]
    }),
  )
}

const dist = join(root, 'dist')
const fresh = join(root, 'build/dist')
await build(fresh)
run([tool('typescript/bin/tsc'), '-p', 'tsconfig.types.json'])
if (process.argv.includes('--check')) {
  const [made, committed] = [filesOf(fresh), filesOf(dist)]
  const stale = [...new Set([...made.keys(), ...committed.keys()])].filter(
    (path) => made.get(path) !== committed.get(path),
  )
  if (stale.length > 0) throw new Error(`dist is stale, run \`npm run build\`: ${stale.join(', ')}`)
} else {
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}
