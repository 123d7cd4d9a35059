import { createHash } from 'node:crypto'
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf } from '../core/message-of.ts'
import { answeredWithin } from './answered-within.ts'
import type { Api } from './api.ts'
import { findArtifacts, isOwnRun, type ArtifactSearch } from './earlier-artifacts.ts'
import { downloadArtifact } from './foreign-artifact.ts'
import { readZip } from './read-zip.ts'

/** Where a run's outcomes come from and go to between runs. */
export interface OutcomeTransport {
  /** Brings what earlier runs kept into a folder; says what could not be asked. Never rejects. */
  fetch(folder: string): Promise<void>
  /** Puts the files of a folder into the cache of Actions, as one entry; whether that worked. Never rejects. */
  save(folder: string): Promise<boolean>
}

/** What a transport is told of its run. */
export interface TransportOptions {
  /** Folder whose path is the same in every job: the cache of Actions tells entries apart by it. */
  readonly exchange: string
  /** What outcomes are for: a name that other orchestrations and levels of trust do not have. */
  readonly scope: string
  readonly branch: string
  /** Branches whose outcomes will do where this one has none, the best first. */
  readonly bases: readonly string[]
  /** Of the workflow run and its attempt. */
  readonly run: string
  /** Whether there is a cache service, and whether this event may write to it. */
  readonly cache: 'write' | 'read' | 'none'
  /** Whether artifacts of runs for other repositories' commits will do: of those that are not trusted either. */
  readonly foreign: boolean
  /** File of the workflow whose earlier runs have artifacts, and what these are called. */
  readonly workflow: string | undefined
  readonly isWanted: (name: string) => boolean
  readonly connect: (() => Promise<Api>) | undefined
  readonly repository: { readonly owner: string; readonly name: string } | undefined
  readonly warn: (message: string) => void
}

/** The folder of a run directory that holds outcomes, where the artifact is what keeps them. */
export const outcomesFolder = 'outcomes'

const patienceMs = 60_000
/** Artifacts of so many runs are looked into. */
const looks = 3
/** Of each run so many: its attempts and the cells of a matrix have their own. */
const mostArtifacts = 10

/** Outcomes in the cache of Actions, and where there are none in the artifacts of earlier runs. No failure of a service is one of the run's. */
export function createOutcomeTransport(options: TransportOptions): OutcomeTransport {
  const { exchange, branch, bases, run, cache, warn } = options
  const prefixOf = (of: string): string => `orchestrator-outcomes-${options.scope}-${nameOf(of)}-`
  return {
    async fetch(folder) {
      if (cache !== 'none') {
        // Whatever an earlier step left there is none of ours.
        rmSync(exchange, { recursive: true, force: true })
        const keys = [branch, ...bases].map(prefixOf)
        const found = await attempt('read', warn, async () => {
          const { restoreCache } = await import('@actions/cache')
          return restoreCache([exchange], `${prefixOf(branch)}${run}`, keys)
        })
        if (found !== undefined) cpSync(exchange, folder, { recursive: true })
        rmSync(exchange, { recursive: true, force: true })
        if (found !== undefined) return
      }
      await fetchArtifact(folder, options).catch((error: unknown) =>
        warn(`The outcomes of earlier runs could not be read from their artifacts: ${messageOf(error)}`),
      )
    },
    async save(folder) {
      if (cache !== 'write') return false
      rmSync(exchange, { recursive: true, force: true })
      cpSync(folder, exchange, { recursive: true })
      const id = await attempt('written', warn, async () => {
        const { saveCache } = await import('@actions/cache')
        return saveCache([exchange], `${prefixOf(branch)}${run}`)
      })
      rmSync(exchange, { recursive: true, force: true })
      return id !== undefined && id !== -1
    },
  }
}

/** The branch in a form that a key may have; none begins as another one does. */
function nameOf(branch: string): string {
  const digest = createHash('sha256').update(branch).digest('hex').slice(0, 8)
  return `${branch.replaceAll(/[^\w.-]/g, '_').slice(0, 100)}.${digest}`
}

async function attempt<T>(
  what: string,
  warn: (message: string) => void,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await answeredWithin(patienceMs, work)
  } catch (error) {
    warn(`The cache of Actions could not be ${what}: ${messageOf(error)}. The run continues without it.`)
    return undefined
  }
}

/** Takes the outcomes that the artifacts of the newest run have, of this branch, else of a base. */
async function fetchArtifact(folder: string, options: TransportOptions): Promise<void> {
  const { connect, repository, branch, bases, foreign, workflow, isWanted } = options
  if (connect === undefined || repository === undefined || workflow === undefined) return
  const asking = { api: await connect(), repository, signal: AbortSignal.timeout(patienceMs) }
  const search: ArtifactSearch = {
    workflow,
    branches: [branch, ...bases],
    counts: (run) => foreign || isOwnRun(run, repository),
    isWanted,
    runs: looks,
  }
  let [from, looked, count] = [0, 0, 0]
  for await (const { run, artifact } of findArtifacts(search, asking)) {
    if (run.id !== from) {
      if (count > 0) return
      from = run.id
      looked = 0
    }
    if (looked++ < mostArtifacts) count += unpackOutcomes(await downloadArtifact(artifact, asking), folder)
  }
}

/** Puts the outcomes of a run directory that is an archive into a folder; says how many there were. */
function unpackOutcomes(archive: Buffer, folder: string): number {
  const pattern = new RegExp(`^${outcomesFolder}/(v\\d+/[\\w.-]+/[\\w.-]+/[0-9a-f]{64}\\.outcome)$`)
  let count = 0
  for (const entry of readZip(archive)) {
    const [, path] = pattern.exec(entry.path) ?? []
    if (path === undefined || path.split('/').includes('..')) continue
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), entry.read(), { mode: 0o600 })
    count++
  }
  return count
}

/** Whether a folder has any file. */
export function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true }).some((name) => String(name).endsWith('.outcome'))
  } catch {
    return false
  }
}
