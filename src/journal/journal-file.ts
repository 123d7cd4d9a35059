import { closeSync, fdatasync, fstatSync, ftruncateSync, readSync, writeSync } from 'node:fs'
import { openForAppending } from '../process/create-file.ts'
import { piecesOf, type Line } from './redact-event.ts'

/** Longest time an event may be known to the kernel only. */
const syncAfterMs = 100

/** The journal of a run, open for appending. */
export interface JournalFile {
  /**
   * Writes a line, which has its line end, with one call or with one a piece: once this returns, a killed orchestrator does not lose it.
   * Never throws.
   */
  append(line: Line): void
  /** Begins to make everything written so far survive a power cut; otherwise that happens 100 ms after a write. */
  sync(): void
  /** Syncs what is not yet, and closes. Appending afterwards does nothing. */
  close(): Promise<void>
  /** Set once a write or a sync has failed: the file ends with the last event that was written whole, nothing is appended any more. */
  readonly failed: Error | undefined
}

/**
 * Opens a journal, creating it where there is none; a torn last line (ours died in the middle of a write) is cut off.
 * Throws when the file cannot be opened. `onError` is called once, at the first write or sync that fails.
 */
export function openJournal(path: string, onError: (error: Error) => void): JournalFile {
  const fd = openForAppending(path)
  let length = cutTornLine(fd)
  let open = true
  let synced = Promise.resolve()
  let dirty = false
  let failed: Error | undefined
  let timer: NodeJS.Timeout | undefined

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
      try {
        let written = 0
        for (const piece of piecesOf(line)) written += writeWhole(fd, Buffer.from(piece))
        length += written
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
      closeSync(fd)
    },
  }
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
