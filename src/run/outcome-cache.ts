import { inspect } from 'node:util'
import { differencesOf, keyOf, orderedJson, partOf, type KeyPart, type KeyParts } from '../cache/content-key.ts'
import type { FileIds } from '../cache/file-ids.ts'
import { watchFiles } from './file-watch.ts'
import { openStore, type OutcomeStore } from '../cache/store.ts'
import { ageOf } from '../core/age.ts'
import { definitionsOf } from '../core/definitions.ts'
import type { RunEvent } from '../core/event.ts'
import type { InstanceMissed } from '../core/kept-outcome.ts'
import { messageOf } from '../core/message-of.ts'
import type { FoundOutcome, OutcomeCache, TaskSurroundings } from '../core/outcome-cache.ts'
import type { Plan } from '../core/plan.ts'
import type { Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import type { RunTrust } from '../core/run-trust.ts'
import type { Task } from '../core/task.ts'
import { version } from '../core/version.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { SimulationRules } from '../simulate/rules.ts'
import { keepOutcome, placeOutcome } from './kept-files.ts'
import { programVersion } from './program-version.ts'
import { upstreamsPart } from './upstreams-part.ts'

/** Where outcomes are kept. */
export interface OutcomePlace {
  readonly directory: string
  readonly maxBytes: number
  /** What they are sealed with. */
  readonly seal: string
  /** Tells those of this run apart from those of others that have the same in all else. */
  readonly cell?: string
  /** Told of each outcome that is put there: its file and the SHA-256 of that. */
  readonly kept?: (path: string, digest: string) => void
  /** Once all of a run are there, before its reports are made; `note` is for what should be said. */
  readonly finish?: (runDirectory: string, note: (message: string) => void) => Promise<void>
}

/** What a cache is told of its run. */
export interface OutcomeCacheOptions {
  readonly place: OutcomePlace
  readonly runId: string
  readonly runDirectory: string
  readonly workspace: string
  /** What the runs of the repository share: no part of the work. */
  readonly root: string
  readonly plan: Plan
  readonly trust: RunTrust
  readonly simulation: SimulationRules | undefined
  /** What git and the programs that tell their version are given. */
  readonly env: Readonly<Record<string, string>>
  readonly state: () => RunState
  readonly note: (event: RunEvent) => void
  readonly now: () => number
}

/** The outcomes of earlier runs, and what keeps those of this one. */
export interface RunOutcomes extends OutcomeCache {
  /** Keeps what succeeds. */
  readonly reporter: Reporter<ReportModel>
  /** Settles when all is kept, and what is too much is gone. */
  close(): Promise<void>
}

/** What is known of a task that runs, until its outcome is kept. */
interface Awaited {
  readonly task: Task
  readonly key: string
  readonly parts: KeyParts
  readonly isAgent: boolean
  /** All files, where its process may change some. */
  readonly before: string | undefined
}

/** Opens the cache of a run (see `docs/guide/caching.md`). */
export function openOutcomes(options: OutcomeCacheOptions): RunOutcomes {
  const { place, runId, runDirectory, plan, trust, simulation } = options
  const namespace = `${trust.event && trust.tree ? 'trusted' : trust.event ? 'foreign-tree' : 'untrusted'}${simulation ? '-simulated' : ''}`
  const store = openStore({ ...place, namespace, now: options.now })
  const files = watchFiles(options)
  const awaited = new Map<string, Awaited>()
  const ended: string[] = []
  let working: Promise<void> | undefined

  /** Throws where its paths let nothing in: most likely they are mistaken, and its outcome would do for ever. */
  const filesOf = (task: Task, isAgent: boolean, ids: FileIds): KeyPart => {
    const { paths } = task.cache ?? {}
    if (paths !== undefined && paths.length > 0 && Object.keys(files.part(ids, paths, false).items).length === 0)
      throw new Error('no file passes its paths')
    return files.part(ids, paths, isAgent && trust.tree)
  }

  const keyTask = async (task: Task, around: TaskSurroundings, ids: FileIds): Promise<KeyParts> => {
    const program = await programVersion(task.runtime, plan.runtimes[task.runtime], around, options)
    const plain = (value: unknown): string => orderedJson(value).replaceAll(runDirectory, '<run>')
    const { settings, environment } = definitionOf(task, around, plain)
    return {
      instance: partOf({ orchestration: plan.name, id: task.id }),
      [task.action.kind === 'prompt' ? 'prompt' : 'command']: partOf({ '': plain(task.action) }),
      model: partOf({ '': task.model ?? '' }),
      program,
      settings: partOf(settings),
      environment: partOf(environment),
      attachments: partOf(mapValues(around.attachments, plain)),
      files: filesOf(task, around.kind === 'agent', ids),
      upstreams: upstreamsPart(options.state(), task.id, runDirectory),
      key: partOf({ '': task.cache?.key ?? '' }),
      surroundings: partOf({
        platform: process.platform,
        architecture: process.arch,
        orchestrator: version,
        trust: plain(trust),
        ...(place.cell && { cell: place.cell }),
        simulation: simulation === undefined ? '' : inspect(simulation, { depth: 20, maxArrayLength: null }),
      }),
    }
  }

  /** What others go on with is not in an outcome. */
  const continued = new Map<string, string>()
  for (const { id, definition } of definitionsOf(plan.instances))
    if (definition.session !== undefined) continued.set(definition.session.from, id)

  const find = async (task: Task, around: TaskSurroundings): Promise<FoundOutcome> => {
    const { id, attempt } = task
    const missed = (rest: Omit<InstanceMissed, 'type' | 'id' | 'attempt'>): FoundOutcome => ({
      missed: { type: 'instance.missed', id, attempt, ...rest },
    })
    const by = continued.get(id)
    if (by !== undefined)
      return missed({ key: null, against: null, differs: [], why: `${by} goes on with its session, which is not kept` })
    let parts: KeyParts
    let before: string | undefined
    try {
      const ids = await files.read()
      parts = await keyTask(task, around, ids)
      before = files.mayWrite(id) ? files.part(ids, undefined, false).digest : undefined
    } catch (error) {
      const why = `it has no content key: ${messageOf(error)}`
      options.note({ type: 'notice', level: 'warning', id, message: `${why}; it runs` })
      return missed({ key: null, against: null, differs: [], why })
    }
    const key = keyOf(parts)
    const whose = { name: plan.name, id }
    const looked = store.get(whose, key)
    const why = unusable(looked, task, options.now())
    if (why === undefined && looked !== undefined && 'entry' in looked) {
      const { entry } = looked
      try {
        const done = placeOutcome(entry, task, runDirectory)
        const from = { run: entry.run, keptAt: entry.keptAt }
        const saved = entry.ended.accounting
        return { restored: { type: 'instance.restored', id, attempt, key, from, saved }, ended: done }
      } catch (error) {
        awaited.set(id, { task, key, parts, isAgent: around.kind === 'agent', before })
        return missed({ key, against: null, differs: [], why: `its files cannot be restored: ${messageOf(error)}` })
      }
    }
    awaited.set(id, { task, key, parts, isAgent: around.kind === 'agent', before })
    if (why !== undefined) options.note({ type: 'notice', level: 'warning', id, message: `${why}; it runs` })
    const newest = store.newest(whose)
    const against = newest === undefined ? null : { run: newest.run, keptAt: newest.keptAt }
    const differs = newest === undefined ? [] : differencesOf(newest.parts, parts)
    return missed({ key, against, differs, ...(why !== undefined && { why }) })
  }

  /** One look at the files is enough for all that ended by then. */
  const work = async (): Promise<void> => {
    while (ended.length > 0) {
      const ids = ended.splice(0)
      const there = await files.read(true).catch(() => undefined)
      for (const id of ids) {
        const of = awaited.get(id)
        awaited.delete(id)
        if (of === undefined || there === undefined) continue
        const why = keep(of, there)
        if (why !== undefined)
          options.note({ type: 'notice', level: 'notice', id, message: `its outcome is not kept: ${why}` })
      }
    }
    working = undefined
  }

  const keep = ({ task, key, parts, isAgent, before }: Awaited, there: FileIds): string | undefined => {
    const of = options.state().instances.get(task.id)
    const last = of?.attempts.at(-1)?.ended
    if (last === undefined || last.failure !== null) return undefined
    if (isAgent && last.text.trim() === '' && last.json === null && last.jsonFile === undefined)
      return 'its answer is empty'
    try {
      if (filesOf(task, isAgent, there).digest !== parts['files']?.digest)
        return 'files that it depends on changed while it ran'
      if (before !== undefined && before !== files.part(there, undefined, false).digest)
        return 'files of the repository changed while it ran, and an outcome does not hold them'
      const { name } = plan
      const common = { key, id: task.id, name, run: runId, keptAt: options.now(), by: version, parts }
      const { path, digest } = store.put(keepOutcome(common, last, runDirectory))
      place.kept?.(path, digest)
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }

  return {
    find,
    reporter: {
      name: 'outcomes',
      onEvent(event) {
        files.take(event)
        // What another runtime or model comes to is not the outcome of this key.
        if (event.type === 'instance.retrying' && event.fallback !== undefined) awaited.delete(event.id)
        if (event.type !== 'instance.ended' || !awaited.has(event.id)) return
        if (event.outcome !== 'success') return void awaited.delete(event.id)
        ended.push(event.id)
        working ??= work()
      },
    },
    async close() {
      await working
      store.prune()
      if (options.state().interrupted !== undefined) return
      const say = (message: string): void => options.note({ type: 'notice', level: 'notice', message })
      await place
        .finish?.(runDirectory, say)
        .catch((error: unknown) => say(`Outcomes were not kept: ${messageOf(error)}`))
    },
  }
}

/** Why an outcome that is there is not taken, as a sentence; undefined where it is, and where none is there. */
function unusable(looked: ReturnType<OutcomeStore['get']>, { cache }: Task, now: number): string | undefined {
  if (looked === undefined) return undefined
  if ('problem' in looked) return `the outcome that is kept of it ${looked.problem}`
  const { maxAgeMs } = cache ?? {}
  if (maxAgeMs === undefined) return undefined
  const age = ageOf(looked.entry.keptAt, now)
  if (age === undefined) return 'the outcome that is kept of it is dated in the future'
  if (age <= maxAgeMs) return undefined
  return `the outcome that is kept of it is older than its max-age`
}

/** What of a task is not told apart by the other parts; how long it may take and what it may cost change no outcome. */
function definitionOf(task: Task, { variables }: TaskSurroundings, plain: (value: unknown) => string) {
  const {
    id: _,
    label: __,
    attempt: ___,
    action: ____,
    model: _____,
    env,
    attach: ______,
    cache: _______,
    ...rest
  } = task
  const {
    timeoutMs: _a,
    idleTimeoutMs: _b,
    budget: _c,
    givesWay: _d,
    leads: _e,
    sharedLength: _f,
    prefix: _g,
    changes: _h,
    threads: _i,
    ...settings
  } = rest
  const { outputSchema } = settings
  return {
    // The model reads the schema as it is written.
    settings: { ...mapValues(settings, plain), ...(outputSchema && { outputSchema: JSON.stringify(outputSchema) }) },
    environment: mapValues({ ...variables, ...env }, plain),
  }
}

function mapValues(values: Readonly<Record<string, unknown>>, map: (value: unknown) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(value)]))
}
