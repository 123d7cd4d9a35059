import { parseJson } from '../core/parse-json.ts'
import { lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { messageOf } from '../core/message-of.ts'
import { beginningOf } from '../core/earlier-spending.ts'
import { sha256 } from '../core/sha256.ts'
import { writeFileAtomically } from '../journal/write-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import { isRunRecord, type History, type HistoryStore, type RunRecord } from './history.ts'

const fileName = 'history.ndjson'
/** More is not read: some 100,000 instances. */
const mostBytes = 16 * 1024 * 1024
/** Of so many runs of a name it is kept what each instance took, as long as these are not more samples than that. */
const sampledRuns = 20
const mostSamples = 20_000
/** So long at least is kept what a run spent: a budget may hold for a week. */
const spendingMs = 8 * 86_400_000
const mostRuns = 1000
/** How long another run may keep us from the file. */
const lockMs = 10_000

/** One line: the CRC-32 of what stands behind it (SHA-256 in lines written before), and a record. */
const linePattern = /^\["([0-9a-f]{8}|[0-9a-f]{64})",(\{.*\})\]$/

interface Lines {
  /** What follows the checksum of each whole line, oldest first. */
  readonly whole: readonly string[]
  /** Their checksums, by what follows them. */
  readonly sums: ReadonlyMap<string, string>
  /** Why there may have been more. */
  readonly unknown: string | undefined
}

/**
 * The history in a folder, one line for each run, each with its checksum. Several runs may put their records there at once: a lock keeps one from
 * undoing what the other did. A damaged line is left out, and for as long as it may matter the history says that one was.
 */
export function localHistory(root: string, now: () => number): HistoryStore {
  const path = join(root, fileName)
  return {
    read: (name) => Promise.resolve(historyOf(readLines(path), name)),
    async put(record) {
      if (lstatSync(root, { throwIfNoEntry: false })?.isSymbolicLink() === true)
        throw new Error(`${root} is a symbolic link`)
      mkdirSync(root, { recursive: true, mode: 0o755 })
      const { withRepositoryLock } = await import('../worktree/repository-lock.ts')
      return withRepositoryLock(root, () => Promise.resolve(putRecord(path, record, now())), lockMs)
    },
  }
}

function putRecord(path: string, record: RunRecord, now: number): History {
  const lines = readLines(path)
  const others = lines.whole.filter((line) => !isOf(line, record.name))
  const own = historyOf(lines, record.name).runs.filter(({ id }) => id !== record.id)
  const kept = trim(
    [...own, record].toSorted((a, b) => a.at - b.at),
    now,
  )
  const marks = others.filter((line) => line.startsWith('{"damagedAt":') && !isOld(line, now))
  if (lines.unknown !== undefined && marks.length === 0)
    marks.push(JSON.stringify({ damagedAt: now, why: lines.unknown }))
  const foreign = others.filter((line) => !line.startsWith('{"damagedAt":'))
  const written = [...marks, ...foreign, ...kept.map(lineOf)]
  let bytes = written.reduce((sum, line) => sum + line.length + 72, 0)
  while (bytes > mostBytes && written.length > 1) bytes -= (written.shift()?.length ?? 0) + 72
  writeFileAtomically(path, written.map((line) => `["${lines.sums.get(line) ?? checksum(line)}",${line}]\n`).join(''))
  return { runs: kept, ...(marks.length > 0 && { unknown: whyOf(marks) }) }
}

/** The name comes first, so that lines of other names need not be read. */
function lineOf({ name, ...rest }: RunRecord): string {
  return JSON.stringify({ name, ...rest })
}

function isOf(line: string, name: string): boolean {
  return line.startsWith(`{"name":${JSON.stringify(name)},`)
}

/** Lets go of what nobody asks for any more; keeps the newest in any case. */
function trim(runs: readonly RunRecord[], now: number): RunRecord[] {
  const since = beginningOf('day', now - spendingMs)
  let samples = 0
  let sampled = 0
  const kept: RunRecord[] = []
  for (const run of runs.toReversed()) {
    const count = Object.keys(run.samples ?? {}).length
    const keeps = count > 0 && sampled < sampledRuns && (sampled === 0 || samples + count <= mostSamples)
    if (keeps) {
      sampled++
      samples += count
      kept.push(run)
    } else if (
      kept.length === 0 ||
      (kept.length < mostRuns && Object.keys(run.days).some((day) => Date.parse(day) >= since))
    ) {
      const { samples: _samples, groups: _groups, ...rest } = run
      kept.push(rest)
    }
  }
  return kept.toReversed()
}

function historyOf({ whole, unknown }: Lines, name: string): History {
  const runs: RunRecord[] = []
  for (const line of whole) {
    const record: unknown = isOf(line, name) ? parseJson(line) : undefined
    if (isRunRecord(record)) runs.push(record)
  }
  const marks = whole.filter((line) => line.startsWith('{"damagedAt":'))
  const why = unknown ?? whyOf(marks)
  return { runs, ...(why !== undefined && { unknown: why }) }
}

/** A checkout may bring a file of this name: no pipe, device or link of it is followed. */
function readLines(path: string): Lines {
  let text: string
  try {
    text = readRegularFile(path, { maxBytes: mostBytes, followLinks: false }).toString('utf8')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    return {
      whole: [],
      sums: new Map(),
      unknown: isMissing ? undefined : `${path} cannot be read (${messageOf(error)})`,
    }
  }
  const sums = new Map<string, string>()
  const whole: string[] = []
  const damaged: number[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const [, sum, content = ''] = linePattern.exec(line) ?? []
    if (sum !== undefined && sum === (sum.length === 8 ? checksum(content) : sha256(content))) {
      whole.push(content)
      sums.set(content, sum)
    } else if (line !== '') damaged.push(index + 1)
  }
  const [first] = damaged
  const unknown =
    first === undefined
      ? undefined
      : `${path} is damaged in line ${first}${damaged.length > 1 ? ` and ${damaged.length - 1} more` : ''}`
  return { whole, sums, unknown }
}

function checksum(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

function isOld(mark: string, now: number): boolean {
  const { damagedAt } = parseJson(mark) as { damagedAt: number }
  return damagedAt < now - spendingMs
}

function whyOf(marks: readonly string[]): string | undefined {
  const [mark] = marks
  return mark === undefined ? undefined : (parseJson(mark) as { why: string }).why
}
