import { basename, join, resolve } from 'node:path'
import { holderOf } from '../process/hold.ts'
import type { RunJson } from '../report/run-json.ts'
import { readReportHead, type ReportHead } from './read-report-head.ts'
import { resolveRunDirectory, runsFolder } from './find-run.ts'
import type { Surroundings } from './surroundings.ts'
import { namesIn } from '../process/names-in.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** A run that lies in the folder of runs. */
export interface ListedRun {
  /** The name of its directory. */
  readonly id: string
  /** Absolute. */
  readonly path: string
  /** `running` while an orchestrator works in it, `interrupted` where one died, `unreadable` where its report is none. */
  readonly result: NonNullable<RunJson['result']> | 'running' | 'interrupted' | 'unreadable'
  /** Null where no report was written. */
  readonly report: ReportHead | null
  /** Epoch milliseconds. */
  readonly startedAt: number
  /** `latest` leads to it. */
  readonly isLatest: boolean
}

/** The runs of this folder or its repository, the newest first. */
export function listRuns(around: Surroundings): ListedRun[] {
  const folder = resolve(around.cwd, runsFolder(around))
  const latest = basename(resolveRunDirectory(join(folder, 'latest')))
  const runs = namesIn(folder)
    .filter((name) => name !== 'latest')
    .flatMap((name) => describeRun(join(folder, name), name === latest) ?? [])
  return runs.toSorted((one, other) => other.startedAt - one.startedAt || (one.id < other.id ? 1 : -1))
}

function describeRun(path: string, isLatest: boolean): ListedRun | undefined {
  const journal = statIfThere(join(path, 'journal.ndjson'))
  if (journal?.isFile() !== true) return undefined
  const common = { id: basename(path), path, isLatest }
  if (holderOf(path) !== undefined)
    return { ...common, result: 'running', report: null, startedAt: journal.birthtimeMs }
  const report = readReport(join(path, 'run.json'))
  if (report === undefined) return { ...common, result: 'interrupted', report: null, startedAt: journal.birthtimeMs }
  if (report === null) return { ...common, result: 'unreadable', report, startedAt: journal.birthtimeMs }
  return { ...common, result: report.result ?? 'interrupted', report, startedAt: Date.parse(report.startedAt) }
}

/** Undefined where there is none, null for what is none. */
function readReport(path: string): ReportHead | null | undefined {
  if (statIfThere(path) === undefined) return undefined
  try {
    return readReportHead(path) ?? null
  } catch {
    return null
  }
}
