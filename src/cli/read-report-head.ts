import { parseJson } from '../core/parse-json.ts'
import { closeSync, fstatSync, readSync } from 'node:fs'
import { isObject } from '../core/is-object.ts'
import { openRegularFile } from '../process/read-regular-file.ts'
import type { RunJson } from '../report/run-json.ts'

/** What stands in a `run.json` before its lists: all that a list of runs shows. */
export type ReportHead = Omit<RunJson, 'findings' | 'dismissed' | 'plan' | 'instances'>

/** Longest head: its longest part is the reason, which names instances. */
const longestHead = 4 * 1_048_576
const step = 65_536

/** The first list or map of a report that is not part of its head, as it is printed. */
const endOfHead = /,\n {2}"(?:findings|dismissed|plan|instances)": ?[[{]/

/**
 * Reads the head of a `run.json` and not the texts after it, which may be many megabytes. Undefined where it is no report, or one that was not
 * written to its end. Throws as `node:fs` does.
 */
export function readReportHead(path: string): ReportHead | undefined {
  const fd = openRegularFile(path)
  try {
    const { size } = fstatSync(fd)
    let text = ''
    for (let at = 0; at < Math.min(size, longestHead);) {
      const chunk = Buffer.allocUnsafe(Math.min(step, size - at))
      const read = readSync(fd, chunk, 0, chunk.length, at)
      if (read === 0) break
      // A character that is cut at the end stands in a text of the next piece: the head itself is read again as a whole.
      text += chunk.toString('latin1', 0, read)
      at += read
      const end = endOfHead.exec(text)
      if (end !== null) return isWhole(fd, size) ? parseHead(text.slice(0, end.index)) : undefined
    }
    return undefined
  } finally {
    closeSync(fd)
  }
}

/** Whether the file ends as a report does. */
function isWhole(fd: number, size: number): boolean {
  const end = Buffer.alloc(3)
  const read = readSync(fd, end, 0, end.length, Math.max(0, size - end.length))
  return /\}\s*$/.test(end.toString('latin1', 0, read))
}

function parseHead(bytes: string): ReportHead | undefined {
  try {
    const head: unknown = parseJson(`${Buffer.from(bytes, 'latin1').toString('utf8')}}`)
    return isHead(head) ? head : undefined
  } catch {
    return undefined
  }
}

function isHead(value: unknown): value is ReportHead {
  if (!isObject<Record<string, unknown>>(value)) return false
  const { name, startedAt, durationMs } = value
  return (
    typeof name === 'string' &&
    typeof startedAt === 'string' &&
    !Number.isNaN(Date.parse(startedAt)) &&
    typeof durationMs === 'number'
  )
}
