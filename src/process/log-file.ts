import { closeSync, write, writev } from 'node:fs'
import { createFileInside } from './create-file.ts'

/** Bytes that may wait for the disk before the producer must pause. */
const highWaterBytes = 262_144

/** An append-only file fed by a stream. */
export interface LogFile {
  /**
   * Takes a buffer over with its memory, which must be its own and is freed once it is written. Returns false when the producer
   * must pause until `onDrain`.
   */
  write(buffer: Uint8Array): boolean
  /** Resolves once everything is written and the file is closed. */
  close(): Promise<void>
}

/**
 * Opens a log lazily: the file exists only when something was written to it, because an instance that says nothing
 * should not cost two files. Writes are asynchronous, one at a time, whatever has gathered meanwhile in one call.
 * After an error (a full disk, a missing folder) everything further is dropped and `onError` is called once.
 */
export function openLogFile(path: string, onDrain: () => void, onError: (error: Error) => void): LogFile {
  let fd: number | undefined
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let writing = false
  let failed = false
  let closed: (() => void) | undefined

  const fail = (error: Error): void => {
    failed = true
    waiting = []
    waitingBytes = 0
    onError(error)
  }

  const settle = (): void => {
    if (closed === undefined || writing || waiting.length > 0) return
    if (fd !== undefined) closeSync(fd)
    fd = undefined
    closed()
  }

  const flush = (): void => {
    if (writing || fd === undefined || waiting.length === 0) return
    const batch = waiting
    const bytes = waitingBytes
    waiting = []
    waitingBytes = 0
    writing = true
    writeAll(fd, batch, bytes, (error) => {
      writing = false
      for (const buffer of batch) freeMemory(buffer)
      if (error !== null && !failed) fail(error)
      onDrain()
      flush()
      settle()
    })
  }

  return {
    write(buffer) {
      if (failed || buffer.length === 0) return true
      if (fd === undefined)
        try {
          fd = createFileInside(path)
        } catch (error) {
          fail(error as Error)
          return true
        }
      waiting.push(buffer)
      waitingBytes += buffer.length
      flush()
      return waitingBytes < highWaterBytes
    },
    close() {
      return new Promise((resolve) => {
        closed = resolve
        settle()
      })
    },
  }
}

/** Writes buffers completely: a short write (a disk about to be full) is continued until it ends or fails. */
function writeAll(
  fd: number,
  buffers: readonly Uint8Array[],
  bytes: number,
  done: (error: Error | null) => void,
): void {
  const single = buffers.length === 1 ? buffers[0] : undefined
  const after = (error: Error | null, written: number): void => {
    if (error !== null || written === bytes) done(error)
    else writeAll(fd, dropBytes(buffers, written), bytes - written, done)
  }
  if (single === undefined) writev(fd, buffers, after)
  else write(fd, single, 0, single.length, null, after)
}

function dropBytes(buffers: readonly Uint8Array[], count: number): Uint8Array[] {
  const rest: Uint8Array[] = []
  let toDrop = count
  for (const buffer of buffers) {
    if (toDrop < buffer.length) rest.push(buffer.subarray(toDrop))
    toDrop = Math.max(0, toDrop - buffer.length)
  }
  return rest
}

/**
 * Gives the memory behind a buffer back at once where the engine can (Node ≥ 22): left to the garbage collector, 64 KiB a read
 * grow to some 60 MB before it looks.
 */
export function freeMemory(buffer: Uint8Array): void {
  const memory: ArrayBufferLike & { transfer?(length: number): unknown } = buffer.buffer
  memory.transfer?.(0)
}
