/**
 * What a cache saves, and what it costs: `node bench/caching.ts`. 200 commits of a repository made here, each run twice, with and without `cache`, by the cache of a run and its events, without processes. The model's
 * answer is a hash of what an instance reads and its tokens are the size of that, so that a stale outcome would be seen. Then the cost of keys: 10,000 instances over 100,000 files.
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { keyOf, partOf } from '../src/cache/content-key.ts'
import { readFileIds } from '../src/cache/file-ids.ts'
import { filesPart } from '../src/cache/files-part.ts'
import { openStore } from '../src/cache/store.ts'
import { blankEnd } from '../src/core/blank-end.ts'
import type { RunEvent } from '../src/core/event.ts'
import type { ProcessInstance } from '../src/core/instance.ts'
import { createPathFilter } from '../src/core/path-filter.ts'
import type { Plan } from '../src/core/plan.ts'
import { createRunState, foldEvent } from '../src/core/run-state.ts'
import { ownTrust } from '../src/core/run-trust.ts'
import { freeAccounting } from '../src/core/usage.ts'
import { compile } from '../src/index.ts'
import { openOutcomes } from '../src/run/outcome-cache.ts'

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

interface Paid {
  tokens: number
  readonly restored: Set<string>
  readonly texts: Map<string, string>
}

/** The model: its answer is a hash of all that an instance reads, and of what those before it answered; its tokens are a quarter of the bytes. */
function answer(
  files: ReadonlyMap<string, string>,
  id: string,
  before: readonly string[],
): { text: string; tokens: number } {
  const passes = createPathFilter(reads[id] ?? [])
  const all = [...[...files].flatMap(([path, text]) => (passes(path) ? [path, text] : [])), ...before].join('\n')
  return { text: createHash('sha256').update(all).digest('hex'), tokens: Math.ceil(all.length / 4) + 20 }
}

/** A run by its events, with the cache that a run has, and without processes. */
async function runOnce(
  plan: Plan,
  files: ReadonlyMap<string, string>,
  number: number,
  withCache: boolean,
): Promise<Paid> {
  const state = createRunState()
  let seq = 0
  const cache = openOutcomes({
    place: { directory: join(folder, 'outcomes'), maxBytes: 1e9, seal: 's' },
    runId: String(number),
    runDirectory: join(folder, 'run'),
    workspace: repo,
    root: join(folder, 'run'),
    plan,
    trust: ownTrust,
    simulation: undefined,
    env,
    state: () => state,
    note() {},
    now: Date.now,
  })
  const tell = (event: RunEvent): void => {
    const stamped = { ...event, v: 2, seq: seq++, at: Date.now() } as const
    foldEvent(state, stamped)
    cache.reporter.onEvent?.(stamped, state)
  }
  const context = {
    inputs: {},
    env: {},
    github: {},
    runner: {},
    run: { id: '', name: '', directory: '', simulated: false },
  }
  tell({ type: 'run.started', runId: '', version: '', simulated: false, plan, context, only: null, commit: null })
  const paid: Paid = { tokens: 0, restored: new Set(), texts: new Map() }
  const carryOut = async (instance: ProcessInstance, before: readonly string[]): Promise<void> => {
    const { id, label, process: definition } = instance
    const paths = definition.cache?.paths && id.startsWith('review.') ? [...(reads[id] ?? [])] : definition.cache?.paths
    const task = { ...definition, id, label, attempt: 1, cache: { ...(paths && { paths }) } }
    const around = { kind: 'agent', program: undefined, versionArgs: [], variables: {}, attachments: {} } as const
    const found = withCache ? await cache.find(task, around) : undefined
    const { text, tokens } = answer(files, id, before)
    const usage = { input: tokens, output: 0, cacheRead: 0, cacheWrite: 0, reasoning: 0 }
    const accounting = { usage, costUsd: null, costSource: 'unknown', partial: false } as const
    const end = { id, attempt: 1, failure: null, durationMs: 1, runtime: 'claude', model: null, accounting }
    if (found !== undefined && 'restored' in found) {
      tell(found.restored)
      tell(found.ended)
      paid.restored.add(id)
    } else {
      tell({ ...blankEnd(end), text })
      paid.tokens += tokens
    }
    tell({ type: 'instance.ended', id, result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} })
    paid.texts.set(id, state.instances.get(id)?.attempts.at(-1)?.ended?.text ?? '')
  }
  const processes = plan.instances.filter((instance) => instance.kind === 'process')
  await Promise.all(processes.filter(({ id }) => id !== 'summary').map((each) => carryOut(each, [])))
  const last = processes.find(({ id }) => id === 'summary')
  const before = [...paid.texts.keys()]
    .toSorted()
    .flatMap((id) => (id === 'everything' ? [] : [paid.texts.get(id) ?? '']))
  if (last !== undefined) await carryOut(last, before)
  if (withCache) await cache.close()
  return paid
}

async function replay(): Promise<void> {
  mkdirSync(repo)
  git('init', '-q')
  for (const name of packages)
    for (const of of ['index', ...Array.from({ length: 8 }, (_, at) => `m${at + 1}`)])
      write(`packages/${name}/src/${of}.ts`, lines(60))
  for (let page = 1; page <= 6; page++) write(`docs/page${page}.md`, lines(40))
  git('add', '-A')
  git('commit', '-qm', 'start')
  const { plan, diagnostics } = compile('replay.yml', file)
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics))
  const totals = new Map<string, { commits: number; without: number; with: number; hits: number; of: number }>()
  let stale = 0
  for (let commit = 0; commit < commits; commit++) {
    let at = random() * 100
    const [what = '', , change] = habits.find(([, share]) => (at -= share) < 0) ?? habits[0] ?? []
    change?.()
    git('add', '-A')
    git('commit', '-qm', what, '--allow-empty')
    const files = new Map(
      git('ls-files')
        .split('\n')
        .map((path): [string, string] => [path, readFileSync(join(repo, path), 'utf8')]),
    )
    const [fresh, kept] = [await runOnce(plan, files, commit, false), await runOnce(plan, files, commit, true)]
    for (const [id, text] of fresh.texts) if (kept.texts.get(id) !== text) stale++
    const total = totals.get(what) ?? { commits: 0, without: 0, with: 0, hits: 0, of: 0 }
    total.commits++
    total.without += fresh.tokens
    total.with += kept.tokens
    total.hits += kept.restored.size
    total.of += kept.texts.size
    totals.set(what, total)
  }
  console.log('| change | commits | tokens without | with | saved | instances restored |')
  console.log('| --- | ---: | ---: | ---: | ---: | ---: |')
  const all = [...totals.values()]
  const sum = (of: 'commits' | 'without' | 'with' | 'hits' | 'of'): number =>
    all.reduce((total, each) => total + each[of], 0)
  const row = (name: string, t: { commits: number; without: number; with: number; hits: number; of: number }): void =>
    console.log(
      `| ${name} | ${t.commits} | ${t.without.toLocaleString('en')} | ${t.with.toLocaleString('en')} | ${((1 - t.with / t.without) * 100).toFixed(0)} % | ${t.hits} of ${t.of} |`,
    )
  for (const [name, total] of totals) row(name, total)
  row('**all**', {
    commits: sum('commits'),
    without: sum('without'),
    with: sum('with'),
    hits: sum('hits'),
    of: sum('of'),
  })
  console.log(`stale outcomes: ${stale}`)
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
  await replay()
  await keys()
} finally {
  rmSync(folder, { recursive: true, force: true })
}
