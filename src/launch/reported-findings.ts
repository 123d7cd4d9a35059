import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Finding } from '../core/finding.ts'
import type { Failure } from '../core/failure.ts'
import type { Json } from '../core/json.ts'
import type { Task } from '../core/task.ts'
import { leadsInto } from '../process/outside-path.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** What an attempt reported. */
export interface ReportedFindings {
  readonly findings?: readonly Finding[]
  /** Set when its output is no report at all: that nothing was found is then not known. */
  readonly failure?: Failure
  /** What is said about entries that could not be read. */
  readonly remarks: readonly string[]
}

/** A larger file is no source of anybody; lines in it are taken as they are. */
const fileBytes = 4 * 1_048_576

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
      const { path, lines } = finding.path === null ? { path: null, lines: undefined } : linesOf(finding.path)
      return lines === undefined ? finding : locateFinding({ ...finding, path }, lines)
    }),
    remarks:
      unread === 0 ? [] : [`${unread} of ${unread + findings.length} findings could not be read: they have no title`],
  }
}

/** Lines of the files below `root`, each read once; none of what is no file there. A path that is only there without the `a/` or `b/` of a diff is that file's. */
function createFileLines(root: string): (path: string) => { path: string; lines: readonly string[] | undefined } {
  const known = new Map<string, readonly string[] | undefined>()
  const read = (path: string): readonly string[] | undefined => {
    if (!known.has(path)) known.set(path, readLines(root, path))
    return known.get(path)
  }
  return (path) => {
    const lines = read(path)
    const plain = path.replace(/^[ab]\//, '')
    const plainLines = lines === undefined && plain !== path ? read(plain) : undefined
    return plainLines === undefined ? { path, lines } : { path: plain, lines: plainLines }
  }
}

function readLines(root: string, path: string): readonly string[] | undefined {
  try {
    const file = realpathSync(join(root, path))
    if (!leadsInto(file, root)) return undefined
    const text = readRegularFile(file, { maxBytes: fileBytes, followLinks: false }).toString('utf8')
    return text.replace(/\r?\n$/, '').split(/\r?\n/)
  } catch {
    return undefined
  }
}
