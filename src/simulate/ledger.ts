import { parseJson } from '../core/parse-json.ts'
import { closeSync, existsSync, ftruncateSync, writeSync } from 'node:fs'
import { isObject } from '../core/is-object.ts'
import type { Redactor } from '../core/redactor.ts'
import { addUsage, type Usage, zeroUsage } from '../core/usage.ts'
import { crc32, openSeal, sealOf } from '../process/checksum.ts'
import { openForAppending } from '../process/create-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'
import type { ServedUsage } from './reply.ts'

/** Most bytes of a ledger: some two million requests. */
const mostBytes = 512 * 1024 * 1024

/** One line of the ledger: what one request was served, exactly as it was told to the CLI. */
export interface LedgerEntry {
  readonly instance: string
  readonly attempt: number
  readonly path: string
  readonly model: string
  readonly usage: ServedUsage
}

/** Begins a ledger, or goes on with that of a resumed run, without a torn last line; answers what appends to it. */
export function openLedger(path: string, redactor: Redactor): (entry: LedgerEntry) => void {
  change(path, (fd) => ftruncateSync(fd, readLedgerFile(path).lastIndexOf('\n') + 1))
  return (entry) =>
    change(path, (fd) => {
      const body = Buffer.from(redactor.text(JSON.stringify(entry)).slice(0, -1))
      writeSync(fd, Buffer.concat([body, Buffer.from(`${sealOf(crc32(body))}\n`)]))
    })
}

/**
 * The entries of a ledger; none where there is no ledger. A line whose checksum is wrong, or that is no entry, is handed to `onDamage` as a sentence
 * that names the file and the line, and is left out. The first versions wrote no checksums.
 */
export function readLedger(path: string, onDamage: (why: string) => void): LedgerEntry[] {
  if (!existsSync(path)) return []
  const entries: LedgerEntry[] = []
  let number = 0
  const bytes = readLedgerFile(path)
  const isSealed = [...linesOf(bytes)].some((line) => openSeal(line).seal === 'right')
  for (const line of linesOf(bytes)) {
    number++
    const { json, seal } = openSeal(line)
    const entry = seal === 'wrong' || (isSealed && seal === 'none') ? undefined : parseEntry(json)
    if (entry === undefined)
      onDamage(`${path}:${number}: its checksum is wrong, or it is no entry: the line is damaged`)
    else entries.push(entry)
  }
  // What was cut off while it was written has no checksum yet.
  const rest = bytes.subarray(bytes.lastIndexOf(0x0a) + 1, -1)
  if (openSeal(rest).seal === 'right') onDamage(`${path}:${number + 1}: its line end is damaged`)
  return entries
}

/** The lines that have a line end, without it. */
function* linesOf(bytes: Buffer): Generator<Buffer> {
  for (let start = 0, end = bytes.indexOf(0x0a); end !== -1; start = end + 1, end = bytes.indexOf(0x0a, start))
    yield bytes.subarray(start, end)
}

function parseEntry(json: string): LedgerEntry | undefined {
  try {
    const value: unknown = parseJson(json)
    return isEntry(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isEntry(value: unknown): value is LedgerEntry {
  if (!isObject<Record<string, unknown>>(value)) return false
  const { instance, attempt, usage } = value
  if (typeof instance !== 'string' || typeof attempt !== 'number' || !isObject<Record<string, unknown>>(usage))
    return false
  return [usage['input'], usage['cacheRead'], usage['cacheWrite'], usage['output']].every(
    (each) => typeof each === 'number',
  )
}

function change(path: string, act: (fd: number) => void): void {
  const fd = openForAppending(path)
  try {
    act(fd)
  } finally {
    closeSync(fd)
  }
}

function readLedgerFile(path: string): Buffer {
  return readRegularFile(path, { maxBytes: mostBytes })
}

/** What an attempt was served in all; the ledger does not know how much of it was reasoning. */
export function sumServed(entries: readonly LedgerEntry[], instance: string, attempt: number): Usage {
  return entries
    .filter((entry) => entry.instance === instance && entry.attempt === attempt)
    .reduce((sum, { usage }) => addUsage(sum, { ...usage, reasoning: 0 }), zeroUsage)
}
