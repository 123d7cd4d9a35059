/**
 * Replays commits through the cache of a run: each commit is run with and without `cache`, by the run's cache and its events, without processes. The model's answer is a
 * hash of all that an instance reads and its tokens are the size of that, so that a stale outcome would be seen.
 */
import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { blankEnd } from '../src/core/blank-end.ts'
import type { RunEvent } from '../src/core/event.ts'
import type { ProcessInstance } from '../src/core/instance.ts'
import { createPathFilter } from '../src/core/path-filter.ts'
import type { Plan } from '../src/core/plan.ts'
import { createRunState, foldEvent } from '../src/core/run-state.ts'
import { ownTrust } from '../src/core/run-trust.ts'
import { compile } from '../src/index.ts'
import { openOutcomes } from '../src/run/outcome-cache.ts'

/** What is replayed. */
export interface Replay {
  readonly repo: string
  /** Where outcomes are kept. */
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  /** The orchestration file. Its instance `summary` comes after all others but `everything`. */
  readonly file: string
  /** Filters of the files that each instance reads, by its id. */
  readonly reads: Readonly<Record<string, readonly string[]>>
  /** Brings the working tree to each commit in turn, and says what kind of change it is. */
  readonly commits: Iterable<string>
}

interface Paid {
  tokens: number
  readonly restored: Set<string>
  readonly texts: Map<string, string>
}

/** The model: its answer is a hash of all that an instance reads, and of what those before it answered; its tokens are a quarter of the bytes. */
function answer(
  { reads }: Replay,
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
  of: Replay,
  plan: Plan,
  files: ReadonlyMap<string, string>,
  number: number,
  withCache: boolean,
): Promise<Paid> {
  const state = createRunState()
  let seq = 0
  const cache = openOutcomes({
    place: { directory: join(of.folder, 'outcomes'), maxBytes: 1e9, seal: 's' },
    runId: String(number),
    runDirectory: join(of.folder, 'run'),
    workspace: of.repo,
    root: join(of.folder, 'run'),
    plan,
    trust: ownTrust,
    simulation: undefined,
    env: of.env,
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
    const paths = definition.cache?.paths && of.reads[id] !== undefined ? [...of.reads[id]] : definition.cache?.paths
    const task = { ...definition, id, label, attempt: 1, cache: { ...(paths && { paths }) } }
    const around = { kind: 'agent', program: undefined, versionArgs: [], variables: {}, attachments: {} } as const
    const found = withCache ? await cache.find(task, around) : undefined
    const { text, tokens } = answer(of, files, id, before)
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

/** Prints what each kind of change cost with and without the cache, and how many restored outcomes differ from a fresh run's. */
export async function replayCommits(of: Replay): Promise<void> {
  const { plan, diagnostics } = compile('replay.yml', of.file)
  if (plan === undefined) throw new Error(JSON.stringify(diagnostics))
  const totals = new Map<string, { commits: number; without: number; with: number; hits: number; of: number }>()
  let stale = 0
  let commit = 0
  for (const what of of.commits) {
    commit++
    const files = new Map(
      execFileSync('git', ['ls-files', '-z'], { cwd: of.repo, env: { ...of.env }, encoding: 'utf8', maxBuffer: 1e9 })
        .split('\0')
        .filter((path) => path !== '' && lstatSync(join(of.repo, path)).isFile())
        .map((path): [string, string] => [path, readFileSync(join(of.repo, path), 'utf8')]),
    )
    const [fresh, kept] = [await runOnce(of, plan, files, commit, false), await runOnce(of, plan, files, commit, true)]
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
