/**
 * `node bench/prefixes.ts`: one, and eight, real claude agents over one diff of 100 kB, with `share-prefix: off` and `auto`: cache writes and reads by the ledger
 * of the simulated API, what they cost, and the makespan. An answer takes a second to begin and 30 to end. Needs `dist/`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli, root } from './entry.ts'

const printRow = (cells: readonly (string | number)[]): void => console.log(`| ${cells.join(' | ')} |`)

const rules = `rules:\n  - reply: { text: ${'"' + 'Nothing found here. '.repeat(60) + '"'}, delay: 1s, chunks: 60, chunk-delay: 500ms }\n`

const planOf = (agents: number, sharing: 'auto' | 'off'): string => `
name: prefixes
defaults: { share-prefix: ${sharing}, model: sonnet, safety: read-only }
limits: { max-parallel: 8 }
instances:
${Array.from({ length: agents }, (_, at) => `  a${at}: { prompt: Look for problems of kind ${at}., attach: [changes] }`).join('\n')}
`

interface Line {
  readonly instance: string
  readonly usage: { readonly input: number; readonly cacheRead: number; readonly cacheWrite: number }
}

const git = (folder: string, ...args: readonly string[]): void => {
  execFileSync('git', ['-c', 'user.name=b', '-c', 'user.email=b@example.org', ...args], {
    cwd: folder,
    stdio: 'ignore',
  })
}

/** Runs so many agents over the diff. */
function measure(agents: number, sharing: 'auto' | 'off') {
  const folder = mkdtempSync(join(tmpdir(), 'bench-prefixes-'))
  try {
    writeFileSync(join(folder, '.gitignore'), 'run/\n')
    writeFileSync(join(folder, 'plan.yml'), planOf(agents, sharing))
    writeFileSync(join(folder, 'rules.yml'), rules)
    git(folder, 'init', '-q')
    git(folder, 'add', '-A')
    git(folder, 'commit', '-qm', 'base')
    const lines = Array.from({ length: 2000 }, (_, at) => `export const value${at} = compute(${at}, 'text')\n`)
    writeFileSync(join(folder, 'values.ts'), lines.join(''))
    git(folder, 'add', '-A')
    git(folder, 'commit', '-qm', 'change')
    execFileSync(
      process.execPath,
      [cli, 'run', 'plan.yml', '--quiet', '--simulate', 'rules.yml', '--run-dir', 'run', '--base', 'HEAD~1'],
      {
        cwd: folder,
        env: { PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, HOME: folder, LANG: 'C.UTF-8' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    const served = readFileSync(join(folder, 'run/simulation.ndjson'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
    const sum = (of: keyof Line['usage']): number => served.reduce((total, { usage }) => total + usage[of], 0)
    const report = JSON.parse(readFileSync(join(folder, 'run/run.json'), 'utf8')) as {
      costUsd: number
      durationMs: number
    }
    const first = Math.max(...served.map(({ usage }) => usage.cacheWrite))
    const diffBytes = readFileSync(join(folder, 'run/changes.diff')).length
    return { first, input: sum('input'), written: sum('cacheWrite'), read: sum('cacheRead'), diffBytes, ...report }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

printRow([
  'agents',
  'share-prefix',
  'diff, bytes',
  'full input',
  'cache writes',
  'of the first',
  'cache reads',
  'cost',
  'makespan',
])
for (const [agents, sharing] of [
  [1, 'off'],
  [8, 'off'],
  [8, 'auto'],
] as const) {
  const { first, input, written, read, costUsd, durationMs, diffBytes } = measure(agents, sharing)
  const seconds = `${(durationMs / 1000).toFixed(1)} s`
  printRow([agents, sharing, diffBytes, input, written, first, read, `$${costUsd.toFixed(4)}`, seconds])
}
