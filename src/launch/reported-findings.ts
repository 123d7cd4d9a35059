import { relative } from 'node:path'
import type { Finding } from '../core/finding.ts'
import type { Failure } from '../core/failure.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import { createFileLines } from './file-lines.ts'

/** What an attempt reported. */
export interface ReportedFindings {
  readonly findings?: readonly Finding[]
  /** Set when its output is no report at all: that nothing was found is then not known. */
  readonly failure?: Failure
  /** What is said about entries that could not be read. */
  readonly remarks: readonly string[]
}

/**
 * Reads the findings of an attempt that ran in `cwd` below `root`, and holds their lines against the files there; nothing where its definition reports
 * none or it gave no answer.
 */
export async function reportedFindings(task: Task, json: Json, root: string, cwd: string): Promise<ReportedFindings> {
  const format = task.findings
  if (format === undefined || json === null) return { remarks: [] }
  const { readFindings } = await import('../findings/read-findings.ts')
  const { findings, unread, isWhole } = readFindings(format, json, { root, directory: relative(root, cwd) })
  if (!isWhole)
    return {
      failure: { kind: 'invalid-output', detail: `the output is not a report in the format ${format}` },
      remarks: [],
    }
  const { locateFinding } = await import('../findings/locate.ts')
  const linesOf = createFileLines(root)
  return {
    findings: findings.map((finding) => {
      const { path } = finding
      if (path === null) return finding
      // A path that is only there without the `a/` or `b/` of a diff is that file's.
      const actual = [path, path.replace(/^[ab]\//, '')].find((each) => linesOf(each) !== undefined)
      const lines = actual === undefined ? undefined : linesOf(actual)
      return actual === undefined || lines === undefined ? finding : locateFinding({ ...finding, path: actual }, lines)
    }),
    remarks:
      unread === 0 ? [] : [`${unread} of ${unread + findings.length} findings could not be read: they have no title`],
  }
}
