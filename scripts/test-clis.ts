/**
 * Drives the CLIs that are no development dependency: installs them once into a folder that is removed (`CLIS` names one whose `node_modules` has
 * them), runs `test/clis` on them, and prints one table. Arguments name some of the CLIs; `LIMIT_MINUTES` ends it, 60 if nothing is said.
 */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { run } from 'node:test'

const root = resolve(import.meta.dirname, '..')
const all = ['copilot', 'qwen', 'opencode', 'pi']
const names = process.argv.slice(2)
for (const name of names) if (!all.includes(name)) throw new Error(`${name} is none of ${all.join(', ')}`)
const chosen = names.length === 0 ? all : names
process.env['AGENTS'] = chosen.join(' ')
process.env['LEDGER_ONLY'] ??= names.length === 0 ? '' : `^(${names.join('|')}): `

/** What a suite is about, by its name. */
const columns: readonly (readonly [string, RegExp])[] = [
  ['driven', /, simulated$/],
  ['safety', /tier|may do|safety/i],
  ['hostile checkout', /checkout|stranger/i],
  ['MCP servers', /^the MCP servers of/],
  ['key kept', /^a key that is kept/],
  ['ledger', /against a ledger of our own$/],
  ['ledger, no key', /against the same ledger$/],
]

interface Tally {
  passed: number
  failed: number
}
const tallies = new Map<string, Tally>()
const failures: string[] = []
const known = new RegExp(`\\b(?:gemini|${all.join('|')})\\b`)
/** The CLI that a name tells of: the first it has, for models have names of CLIs, too. */
const nameOf = (text: string): string | undefined => known.exec(text)?.[0]

function count(suite: string, test: string, isPassed: boolean): void {
  const column = columns.find(([, of]) => of.test(suite))?.[0] ?? 'other'
  const key = `${nameOf(test) ?? nameOf(suite) ?? 'all'}\0${column}`
  const tally = tallies.get(key) ?? { passed: 0, failed: 0 }
  tally[isPassed ? 'passed' : 'failed'] += 1
  tallies.set(key, tally)
}

const { foreignAgents, installClis } = await import('../test/clis/installed.ts')
const startedAt = performance.now()
const { folder, remove } = installClis(foreignAgents)
process.env['CLIS'] = folder
console.log(`installed after ${Math.round((performance.now() - startedAt) / 1000)} s`)

const ending = AbortSignal.timeout(Number(process.env['LIMIT_MINUTES'] ?? 60) * 60_000)
const files = readdirSync(join(root, 'test/clis')).filter((file) => file.endsWith('.test.ts'))
const suites = new Map<string, string[]>()
const stream = run({
  files: files.map((file) => join(root, 'test/clis', file)),
  execArgv: ['--import', join(root, 'test/fail-on-warning.ts')],
  concurrency: false,
  signal: ending,
})
stream.on('test:start', ({ file = '', nesting, name }) => {
  const open = suites.get(file) ?? []
  open.length = nesting
  open[nesting] = name
  suites.set(file, open)
})
const onEnd =
  (isPassed: boolean) =>
  ({
    file = '',
    nesting,
    name,
    skip,
    details,
  }: {
    file?: string
    nesting: number
    name: string
    skip?: unknown
    details: object
  }): void => {
    const { type, error, duration_ms: ms = 0 } = details as { type?: string; error?: Error; duration_ms?: number }
    if (type === 'suite' || skip) return
    count(suites.get(file)?.[0] ?? name, name, isPassed)
    const suite = nesting > 0 ? `${suites.get(file)?.[0]}: ` : ''
    console.log(`${isPassed ? '✓' : '✗'} ${suite}${name} (${Math.round(ms / 100) / 10} s)`)
    if (!isPassed)
      failures.push(
        `${suite}${name}\n  ${String((error?.cause as Error | undefined)?.message ?? error?.message).slice(0, 600)}`,
      )
  }
stream.on('test:pass', onEnd(true))
stream.on('test:fail', onEnd(false))
stream.on('data', () => {})
await new Promise((done) => stream.once('close', done).once('end', done).once('error', done))
remove()

const used = columns
  .map(([name]) => name)
  .filter((name) => [...tallies.keys()].some((key) => key.endsWith(`\0${name}`)))
const rows = ['gemini', ...all, 'all'].filter((name) => [...tallies.keys()].some((key) => key.startsWith(`${name}\0`)))
const cell = (name: string, column: string): string => {
  const tally = tallies.get(`${name}\0${column}`)
  if (tally === undefined) return '–'
  return `${tally.passed} of ${tally.passed + tally.failed}`
}
console.log(`\n| CLI | ${used.join(' | ')} |\n| --- | ${used.map(() => '---').join(' | ')} |`)
for (const name of rows) console.log(`| ${name} | ${used.map((column) => cell(name, column)).join(' | ')} |`)
const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1)
console.log(`\n${minutes} minutes${ending.aborted ? ', ended by LIMIT_MINUTES: what is missing was not run' : ''}`)
if (failures.length > 0) console.log(`\n${failures.join('\n\n')}`)
process.exitCode = failures.length > 0 || ending.aborted || tallies.size === 0 ? 1 : 0
