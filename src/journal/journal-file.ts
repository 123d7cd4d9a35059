import { closeSync, fdatasync, fstatSync, ftruncateSync, readSync, statSync, writeSync } from 'node:fs'
import { openForAppending } from '../process/create-file.ts'
import { crc32, sealOf } from '../process/checksum.ts'
import { monotonicMs } from '../process/monotonic-time.ts'
import type { Seal } from './seal.ts'
import { piecesOf, type Line } from './redact-event.ts'

/** Longest time an event may be known to the kernel only. */
const syncAfterMs = 100

/** How often at most it is looked, when something is written, whether the file is what we left: twice two system calls an event would be felt. */
const lookEveryMs = 25

/** The journal of a run, open for appending. */
export interface JournalFile {
  /**
   * Writes a line, which has its line end, and its checksum, with one call or with one a piece: once this returns, a killed orchestrator does
   * not lose it. A file that is found changed is not written to any more. Never throws.
   */
  append(line: Line): void
  /** Begins to make everything written so far survive a power cut; otherwise that happens 100 ms after a write. */
  sync(): void
  /** Syncs what is not yet, looks whether all of it is there as it was written, and closes. Appending afterwards does nothing. */
  close(): Promise<void>
  /** Set once a write or a sync has failed: the file ends with the last event that was written whole, nothing is appended any more. */
  readonly failed: Error | undefined
}

/**
 * Opens a journal, creating it where there is none; a torn last line (ours died in the middle of a write) is cut off.
 * What is appended to a new one can be sealed. Throws when the file cannot be opened. `onError` is called once, at the first write or sync that fails.
 */
export function openJournal(path: string, onError: (error: Error) => void, seal?: Seal): JournalFile {
  const fd = openForAppending(path)
  let length = cutTornLine(fd)
  const openedAt = length
  let crc = 0
  let open = true
  let synced = Promise.resolve()
  let dirty = false
  let failed: Error | undefined
  let timer: NodeJS.Timeout | undefined
  let lookedAt = 0

  const isFoundChanged = (): boolean => {
    const now = monotonicMs()
    if (now - lookedAt < lookEveryMs) return false
    lookedAt = now
    return isChanged(fd, path, length)
  }

  const fail = (error: unknown): void => {
    if (failed !== undefined) return
    failed = error instanceof Error ? error : new Error(String(error))
    onError(failed)
  }

  const syncWritten = (): Promise<void> | undefined => {
    if (!dirty || failed !== undefined) return undefined
    dirty = false
    return new Promise((resolve) => {
      fdatasync(fd, (error) => {
        if (error !== null && !isUnsupported(error)) fail(error)
        resolve()
      })
    })
  }

  const sync = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    synced = synced.then(syncWritten)
    return synced
  }

  const syncLater = (): void => {
    dirty = true
    timer ??= setTimeout(() => void sync(), syncAfterMs).unref()
  }

  return {
    get failed() {
      return failed
    },
    append(line) {
      if (!open || failed !== undefined) return
      if (isFoundChanged()) return fail(new Error(changed))
      let written = 0
      try {
        for (const piece of sealed(line)) {
          written += writeWhole(fd, piece)
          crc = crc32(piece, crc)
          seal?.add(piece)
        }
        length += written
        seal?.write()
      } catch (error) {
        cutAfter(fd, length)
        fail(error)
        return
      }
      syncLater()
    },
    sync() {
      if (open) void sync()
    },
    async close() {
      if (!open) return
      open = false
      await sync()
      if (failed === undefined && (isChanged(fd, path, length) || crcFrom(fd, openedAt) !== crc))
        fail(new Error(changed))
      seal?.close()
      closeSync(fd)
    },
  }
}

const changed = 'another program changed or removed it during the run'

/** Whether a file has another length than we gave it, or its path leads to another file. */
function isChanged(fd: number, path: string, length: number): boolean {
  const own = fstatSync(fd)
  const there = statSync(path, { throwIfNoEntry: false })
  return own.size !== length || there?.ino !== own.ino || there.dev !== own.dev
}

function crcFrom(fd: number, start: number): number {
  const chunk = Buffer.allocUnsafe(262_144)
  let crc = 0
  for (let at = start, read = -1; read !== 0; at += read) {
    read = readSync(fd, chunk, 0, chunk.length, at)
    crc = crc32(chunk.subarray(0, read), crc)
  }
  return crc
}

/** The bytes of a line with its checksum as its last member. */
function* sealed(line: Line): Generator<Buffer> {
  const end = '}\n'
  let crc = 0
  let before: Buffer | undefined
  for (const piece of piecesOf(line)) {
    const bytes: Buffer = Buffer.from(piece)
    if (before !== undefined && bytes.length < end.length) {
      before = Buffer.concat([before, bytes])
      continue
    }
    if (before !== undefined) {
      crc = crc32(before, crc)
      yield before
    }
    before = bytes
  }
  if (before === undefined) return
  const body = before.subarray(0, before.length - end.length)
  yield Buffer.concat([body, Buffer.from(`${sealOf(crc32(body, crc))}\n`)])
}

/** A short write (a disk about to be full) is continued; what comes after throws. */
function writeWhole(fd: number, bytes: Uint8Array): number {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done)
  return bytes.length
}

/** What is left of a line that was not written whole goes; where it cannot, it is cut off when the journal is opened again. */
function cutAfter(fd: number, length: number): void {
  try {
    ftruncateSync(fd, length)
  } catch {}
}

/** Pipes and some network file systems cannot sync; that is no reason to stop a run. */
function isUnsupported(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'ENOTSUP')
}

/** Cuts the file after its last line end; returns the length left. */
function cutTornLine(fd: number): number {
  const { size } = fstatSync(fd)
  const chunk = Buffer.alloc(65_536)
  for (let end = size; end > 0;) {
    const start = Math.max(0, end - chunk.length)
    const read = readSync(fd, chunk, 0, end - start, start)
    const at = chunk.subarray(0, read).lastIndexOf(0x0a)
    if (at !== -1) {
      if (start + at + 1 < size) ftruncateSync(fd, start + at + 1)
      return start + at + 1
    }
    end = start
  }
  if (size > 0) ftruncateSync(fd, 0)
  return 0
}
