/**
 * What a cache saves, and what it costs: `node bench/caching.ts [COMMITS]`. Commits of a repository made here, and the last ones of this project's own history, each run with and without `cache` (`replay-commits.ts`).
 * Then the cost of keys: 10,000 instances over 100,000 files.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { keyOf, partOf } from '../src/cache/content-key.ts'
import { readFileIds } from '../src/cache/file-ids.ts'
import { filesPart } from '../src/cache/files-part.ts'
import { openStore } from '../src/cache/store.ts'
import { blankEnd } from '../src/core/blank-end.ts'
import { freeAccounting } from '../src/core/usage.ts'
import { replayCommits } from './replay-commits.ts'

const commits = Number(process.argv[2] ?? 200)
const folder = mkdtempSync(join(tmpdir(), 'caching-'))
const repo = join(folder, 'repo')
const env = {
  PATH: process.env['PATH'] ?? '',
  HOME: folder,
  ...Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((who) => [
      [`GIT_${who}_NAME`, 'A'],
      [`GIT_${who}_EMAIL`, 'a@b'],
    ]),
  ),
}
const git = (...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: repo, env, encoding: 'utf8', maxBuffer: 1e9 }).trim()
function write(path: string, text: string): void {
  mkdirSync(dirname(join(repo, path)), { recursive: true })
  writeFileSync(join(repo, path), text)
}

let seed = 20_260_101
const random = (): number => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647
const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1))

const packages = ['core', 'parser', 'server', 'client', 'cli', 'store', 'auth', 'billing']
const lines = (count: number): string => Array.from({ length: count }, () => `line ${random()}\n`).join('')
/** Filters of the files that each instance reads. */
const reads: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(packages.map((name) => [`review.${name}`, [`packages/${name}/src/**`]])),
  api: ['packages/core/src/index.ts', 'packages/server/src/index.ts'],
  docs: ['docs/**'],
  everything: ['packages/*/src/**'],
}
const file = `name: replay
instances:
  review:
    strategy: { matrix: { package: [${packages.join(', ')}] } }
    prompt: Review the package.
    safety: read-only
    cache: { paths: ["packages/\${{ matrix.package }}/src/**"] }
  api: { prompt: Is the interface stable?, safety: read-only, cache: { paths: [${reads['api']?.join(', ')}] } }
  docs: { prompt: Proofread., safety: read-only, cache: { paths: [docs/**] } }
  everything: { prompt: Look at all the code., safety: read-only, cache: { paths: ["packages/*/src/**"] } }
  summary: { needs: [review, api, docs], prompt: Sum up., safety: read-only, cache: { paths: [none] } }
`

/** What people do to a repository, and how often in a hundred commits. */
const habits: readonly (readonly [string, number, () => void])[] = [
  ['one package', 46, () => editPackage(between(1, 3))],
  ['documentation', 18, () => write(`docs/page${between(1, 6)}.md`, lines(40))],
  ['several packages', 10, () => Array.from({ length: between(2, 4) }, () => editPackage(2))],
  [
    'tests, configuration, CI',
    14,
    () => write(`packages/${packages[between(0, 7)]}/test/t${between(1, 9)}.ts`, lines(30)),
  ],
  ['an empty commit, a re-run', 7, () => {}],
  ['a revert', 5, () => git('checkout', '-q', 'HEAD~1', '--', '.')],
]
function editPackage(files: number): void {
  const name = packages[between(0, 7)]
  for (let index = 0; index < files; index++)
    write(`packages/${name}/src/${random() < 0.15 ? 'index' : `m${between(1, 8)}`}.ts`, lines(60))
}

/** Makes a repository as people do. */
function* makeCommits(): Generator<string> {
  for (let commit = 0; commit < commits; commit++) {
    let at = random() * 100
    const [what = '', , change] = habits.find(([, share]) => (at -= share) < 0) ?? habits[0] ?? []
    change?.()
    git('add', '-A')
    git('commit', '-qm', what, '--allow-empty')
    yield what
  }
}

async function replayMade(): Promise<void> {
  mkdirSync(repo)
  git('init', '-q')
  for (const name of packages)
    for (const of of ['index', ...Array.from({ length: 8 }, (_, at) => `m${at + 1}`)])
      write(`packages/${name}/src/${of}.ts`, lines(60))
  for (let page = 1; page <= 6; page++) write(`docs/page${page}.md`, lines(40))
  git('add', '-A')
  git('commit', '-qm', 'start')
  await replayCommits({ repo, folder, env, file, reads, commits: makeCommits() })
}

/** The last commits of this project, as pushes of one pull request after the other: a review of each folder of the sources and of the tests, of the pages, of all the code, and a summary. */
async function replayOwn(): Promise<void> {
  const project = join(import.meta.dirname, '..')
  rmSync(repo, { recursive: true, force: true })
  execFileSync('git', ['clone', '-q', '--shared', project, repo], { env })
  const history = git('rev-list', '--first-parent', '--reverse', `--max-count=${commits}`, 'HEAD').split('\n')
  const foldersIn = (place: string): string[] =>
    readdirSync(join(repo, place), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    )
  const [folders, tested] = [foldersIn('src'), foldersIn('test')]
  const own = {
    ...Object.fromEntries(folders.map((name) => [`review.${name}`, [`src/${name}/**`]])),
    ...Object.fromEntries(tested.map((name) => [`tests.${name}`, [`test/${name}/**`]])),
    docs: ['docs/**', 'README.md', 'CHANGELOG.md'],
    everything: ['src/**'],
  }
  const text = `name: replay-own
instances:
  review:
    strategy: { matrix: { folder: [${folders.join(', ')}] } }
    prompt: Review the folder.
    safety: read-only
    cache: { paths: ["src/\${{ matrix.folder }}/**"] }
  tests:
    strategy: { matrix: { folder: [${tested.join(', ')}] } }
    prompt: Are the tests sound?
    safety: read-only
    cache: { paths: ["test/\${{ matrix.folder }}/**"] }
  docs: { prompt: Proofread., safety: read-only, cache: { paths: [${own.docs.join(', ')}] } }
  everything: { prompt: Look at all the code., safety: read-only, cache: { paths: [src/**] } }
  summary: { needs: [review, tests, docs], prompt: Sum up., safety: read-only, cache: { paths: [none] } }
`
  await replayCommits({ repo, folder, env, file: text, reads: own, commits: walk(history) })
}

/** Commits that exist, each named after where it changed something. */
function* walk(history: readonly string[]): Generator<string> {
  for (const commit of history) {
    git('checkout', '-q', '--force', '--detach', commit)
    const changed = git('diff-tree', '--no-commit-id', '--name-only', '-r', '-m', '--first-parent', '--root', commit)
    const places = new Set(changed.split('\n').map((path) => path.split('/')[0] ?? ''))
    yield places.has('src')
      ? 'code'
      : places.has('test')
        ? 'tests, no code'
        : places.has('docs')
          ? 'documentation'
          : 'other files'
  }
}

/** 10,000 instances, each with a folder of its own among 100,000 files, and one in a hundred with all of them. */
async function keys(): Promise<void> {
  rmSync(repo, { recursive: true, force: true })
  mkdirSync(repo)
  git('init', '-q')
  for (let index = 0; index < 100_000; index++) write(`p${Math.floor(index / 10)}/f${index % 10}.ts`, String(index))
  git('add', '-A')
  git('commit', '-qm', 'x')
  const began = performance.now()
  const ids = await readFileIds({ workspace: repo, env, leave: [] })
  const read = performance.now() - began
  const made: string[] = []
  const whole = filesPart(ids, undefined)
  for (let index = 0; index < 10_000; index++) {
    const files = index % 100 === 0 ? whole : filesPart(ids, [`p${index}/**`])
    made.push(keyOf({ instance: partOf({ id: `i${index}` }), prompt: partOf({ '': 'x'.repeat(1000) }), files }))
  }
  const all = performance.now() - began
  console.log(`10,000 keys over 100,000 files: ${all.toFixed(0)} ms, of which git and the index ${read.toFixed(0)} ms`)
  const store = openStore({ directory: join(folder, 'hits'), seal: 's', namespace: 'n', maxBytes: 1e9, now: Date.now })
  for (const [index, key] of made.slice(0, 1000).entries()) {
    const id = `i${index}`
    const end = {
      id,
      attempt: 1,
      failure: null,
      durationMs: 1,
      runtime: 'claude',
      model: null,
      accounting: freeAccounting,
    }
    const ended = { ...blankEnd(end), text: 'x'.repeat(4000) }
    store.put({ key, id, name: 'n', run: 'r', keptAt: 0, by: '0', parts: { files: whole }, ended, files: {} })
  }
  const times = made.slice(0, 1000).map((key, index) => {
    const start = performance.now()
    const looked = store.get({ name: 'n', id: `i${index}` }, key)
    if (looked === undefined || !('entry' in looked)) throw new Error('not found')
    return performance.now() - start
  })
  times.sort((a, b) => a - b)
  console.log(`a hit: median ${times[500]?.toFixed(2)} ms, 99 % within ${times[990]?.toFixed(2)} ms`)
}

try {
  await replayMade()
  await replayOwn()
  await keys()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
