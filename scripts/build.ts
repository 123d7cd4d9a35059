/**
 * Makes `dist/`: `tsc` strips the types into `build/`, `ncc` bundles each entry from there with the licences of what it bundles,
 * `terser` minifies all of it (ncc minifies no chunk, and reading source is most of a cold start). The library's types stand beside it. Two builds of one commit are
 * byte-identical; `--check` fails when `dist/` is not what the sources make.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { minify } from 'terser'
import { completeLicenses } from './complete-licenses.ts'
import { listedProviders } from '../src/agents/price-list.ts'
import { exportValues, ownModules } from './export-values.ts'
import { trimPrices } from './trim-prices.ts'

const root = resolve(import.meta.dirname, '..')
const tool = (path: string): string => join(root, 'node_modules', path)

async function build(into: string): Promise<void> {
  rmSync(join(root, 'build'), { recursive: true, force: true })
  run([tool('typescript/bin/tsc'), '-p', 'tsconfig.build.json'])
  await bundle('action/start.js', 'commonjs', join(into, 'action'))
  await bundle('action/start-post.js', 'commonjs', join(into, 'post'))
  await bundle('index.js', 'module', join(into, 'library'))
  await buildCommandLine(join(into, 'cli'))
}

/** Of the command line the compiled code is kept, which only CommonJS allows: functions that `cli/start` calls as Node calls a module. */
async function buildCommandLine(into: string): Promise<void> {
  await bundle('cli/main.js', 'commonjs', into)
  renameSync(join(into, 'index.js'), join(into, 'program.js'))
  const digest = createHash('sha256')
  for (const file of scriptsIn(into)) {
    const script = `(function(exports,require,module,__dirname){${readFileSync(join(into, file), 'utf8')}\n})`
    writeFileSync(join(into, file), script)
    digest.update(script)
  }
  const start = join(root, 'build/start')
  await bundle('cli/start.js', 'commonjs', start, { PROGRAM_DIGEST: digest.digest('hex').slice(0, 16) })
  renameSync(join(start, 'index.js'), join(into, 'index.js'))
}

/**
 * ncc makes of an entry what the nearest `package.json` says; one that says nothing is for CommonJS. What is started is CommonJS: it is there 3 ms before a
 * module is that imports another.
 */
async function bundle(
  entry: string,
  form: 'module' | 'commonjs',
  into: string,
  constants: Record<string, string> = {},
): Promise<void> {
  writeFileSync(join(root, 'build/package.json'), form === 'module' ? '{ "type": "module" }' : '{}')
  const ncc = [tool('@vercel/ncc/dist/ncc/cli.js'), 'build', join('build', entry), '-o', into]
  const stats = join(root, 'build', `${basename(into)}.stats.json`)
  run([...ncc, '-q', '--no-cache', '--license', 'licenses.txt', '--stats-out', stats])
  completeLicenses(into, stats, root)
  const own = ownModules(stats)
  if (form === 'commonjs') writeFileSync(join(into, 'package.json'), '{ "type": "commonjs" }\n')
  for (const file of scriptsIn(into)) {
    const path = join(into, file)
    const source = exportValues(trimPrices(readFileSync(path, 'utf8'), listedProviders), own)
      .replaceAll(builtinRequire, '$1process.getBuiltinModule(')
      .replaceAll(ownAddress, 'process.getBuiltinModule("url").pathToFileURL(__filename).href')
      .replaceAll(moduleStart, '$1Object(function ($2$3) {')
    const { code } = await minify(source, {
      module: form === 'module',
      toplevel: true,
      ecma: 2020,
      format: { ascii_only: true, wrap_func_args: true },
      compress: { global_defs: constants },
    })
    if (code === undefined) throw new Error(`${path} could not be minified`)
    writeFileSync(path, code)
  }
}

/** ncc asks for each built-in module through a `require`, made for it or Node's; the built-in way is the same at a tenth of the cost. */
const builtinRequire = /^(module\.exports = )(?:__WEBPACK_EXTERNAL_createRequire\(import\.meta\.url\)|require)\(/gm

/** What ncc writes for `import.meta.url` in CommonJS; a module that has a `require` and a `__filename` of its own would ask those, which are not set yet. */
const ownAddress = /\b\w*require\("url"\)\.pathToFileURL\(\w+\)\.href/g

/**
 * The start of a module. A function in parentheses is compiled when its file is, instead of being read once to find its end and once more when it is called, as
 * all modules of a file are; the minifier keeps parentheses only where a function is an argument, and `Object` gives it back as it is.
 */
const moduleStart = /^(\/\*\*\*\/ )\((?:\((.*)\) =>|function\s?\((.*)\)) \{$/gm

function scriptsIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.js'))
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
