import { relative } from 'node:path'
import type { Finding } from '../core/finding.ts'
import type { Failure } from '../core/failure.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import type { ReadChangedHunks, ReviewedChanges } from './changed-hunks.ts'
import { createFileLines } from './file-lines.ts'

/** What an attempt reported. */
export interface ReportedFindings {
  readonly findings?: readonly Finding[]
  /** Set when its output is no report at all: that nothing was found is then not known. */
  readonly failure?: Failure
  /** What is said about entries that could not be read. */
  readonly remarks: readonly string[]
}

/** Where an attempt worked, and on what. */
export interface ReporterWork {
  /** The root of the repository, or of its worktree, and the directory below it that the attempt ran in. */
  readonly root: string
  readonly cwd: string
  readonly changedHunks: ReadChangedHunks
  /** What changed, where the run knows. */
  readonly reviewed?: ReviewedChanges | undefined
}

/**
 * Reads the findings of an attempt, and holds their lines against the files where it worked, and against what the change removed; nothing where its
 * definition reports none or it gave no answer.
 */
export async function reportedFindings(task: Task, json: Json, work: ReporterWork): Promise<ReportedFindings> {
  const format = task.findings
  if (format === undefined || json === null) return { remarks: [] }
  const { root, cwd } = work
  const { readFindings } = await import('../findings/read-findings.ts')
  const { findings, unread, isWhole } = readFindings(format, json, { root, directory: relative(root, cwd) })
  if (!isWhole)
    return {
      failure: { kind: 'invalid-output', detail: `the output is not a report in the format ${format}` },
      remarks: [],
    }
  const { locateFinding } = await import('../findings/locate.ts')
  const { locateInChange, withQuoteOf } = await import('../findings/locate-removed.ts')
  const linesOf = createFileLines(root)
  const { ofPull, ofTask } = work.changedHunks(work.reviewed, task)
  const locate = (finding: Finding): Finding => {
    const { path } = finding
    if (path === null) return finding
    // A path that is only there without the `a/` or `b/` of a diff is that file's.
    const name = [path, path.replace(/^[ab]\//, '')].find((each) => linesOf(each) ?? ofPull?.(each))
    if (name === undefined) return finding
    const changed = ofPull?.(name)
    const actual = { ...finding, path: changed?.path ?? name }
    const lines = linesOf(actual.path)
    // A file that nobody could read, but that is not gone, is taken as it is reported.
    if (lines === undefined && changed?.isGone !== true && finding.side === undefined) return actual
    if (ofPull === undefined)
      return lines === undefined || finding.side === 'left' ? actual : locateFinding(actual, lines)
    // Lines on the left of what was given to this attempt alone are not those of the whole change: they are known by what they say.
    const asked = ofTask === undefined ? actual : withQuoteOf(actual, ofTask(name)?.hunks ?? [])
    // A file without a diff is as it was.
    return locateInChange(asked, { lines, hunks: changed?.hunks ?? [] })
  }
  return {
    findings: findings.map(locate),
    remarks:
      unread === 0 ? [] : [`${unread} of ${unread + findings.length} findings could not be read: they have no title`],
  }
}
