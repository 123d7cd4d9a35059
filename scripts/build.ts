/**
 * Makes `dist/`: `tsc` strips the types into `build/`, `ncc` bundles each entry from there, minified and with the licences
 * of what it bundles. Two builds of one commit are byte-identical; `--check` fails when `dist/` is not what the sources make.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const entries = { action: 'action.js', post: 'action-post.js', cli: 'cli/main.js' }
const require = (path: string): string => join(root, 'node_modules', path)

function build(into: string): void {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  run([require('typescript/bin/tsc'), '-p', 'tsconfig.build.json'])
  for (const [name, entry] of Object.entries(entries)) {
    const out = join(into, name)
    run([
      require('@vercel/ncc/dist/ncc/cli.js'),
      'build',
      join('build', entry),
      '-o',
      out,
      '-m',
      '-q',
      '--no-cache',
      '--license',
      'licenses.txt',
    ])
    renameExtension(out)
  }
}

/** ncc names the bundle after the entry's extension; the action's manifest wants `index.js`. */
function renameExtension(folder: string): void {
  for (const file of readdirSync(folder))
    if (file === 'index.mjs') renameSync(join(folder, file), join(folder, 'index.js'))
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
if (process.argv.includes('--check')) {
  const fresh = mkdtempSync(join(tmpdir(), 'dist-'))
  build(fresh)
  const [made, committed] = [filesOf(fresh), filesOf(dist)]
  rmSync(fresh, { recursive: true })
  const stale = [...new Set([...made.keys(), ...committed.keys()])].filter(
    (path) => made.get(path) !== committed.get(path),
  )
  if (stale.length > 0) throw new Error(`dist is stale, run \`npm run build\`: ${stale.join(', ')}`)
} else {
  rmSync(dist, { recursive: true, force: true })
  build(dist)
}
