import type { Readable } from 'node:stream'
import type { ByteRedactor } from '../core/redactor.ts'
import { createExcerpt } from './excerpt.ts'
import type { LineSplitter } from './line-splitter.ts'
import { freeMemory, openLogFile } from './log-file.ts'

/** One output stream of a child being read: redacted into its log, excerpted, split into lines. */
export interface ChildOutput {
  /** Bytes the child wrote. */
  readonly bytes: () => number
  readonly head: () => string
  readonly tail: () => string
  /** From here on the child is still read, so that it does not block, but nothing is kept. */
  discard(): void
  /** Ends the lines and the log; resolves when the log is closed. `cut` says that the child may have been ended while it wrote. */
  finish(cut: boolean): Promise<void>
}

/** How to read a stream. */
export interface ChildOutputOptions {
  readonly file: string
  readonly redactor: ByteRedactor | undefined
  readonly headChars: number
  readonly tailBytes: number
  readonly lines: LineSplitter | undefined
  /** Called before each chunk is kept. */
  readonly onChunk: (bytes: number) => void
  readonly onLogError: (error: Error) => void
}

/** Starts reading; the stream is paused while its log waits for the disk, which blocks the child on its pipe. */
export function readOutput(stream: Readable, options: ChildOutputOptions): ChildOutput {
  const { redactor, lines } = options
  const excerpt = createExcerpt(options.headChars, options.tailBytes)
  const log = openLogFile(options.file, () => stream.resume(), options.onLogError)
  let bytes = 0
  let discarding = false

  /** Writes what may be shown; the log takes over memory of its own, everything else is freed or reused by its owner. */
  const keep = (buffer: Uint8Array, chunk: Buffer): boolean => {
    excerpt.push(buffer)
    if (buffer.length > 0 && buffer.buffer === chunk.buffer && isExclusive(chunk)) return log.write(buffer)
    const mayGoOn = buffer.length === 0 || log.write(copy(buffer))
    if (isExclusive(chunk)) freeMemory(chunk)
    return mayGoOn
  }

  const take = (chunk: Buffer): void => {
    bytes += chunk.length
    options.onChunk(chunk.length)
    if (discarding) {
      if (isExclusive(chunk)) freeMemory(chunk)
      return
    }
    lines?.push(chunk)
    if (!keep(redactor === undefined ? chunk : redactor.push(chunk), chunk)) stream.pause()
  }
  stream.on('error', ignore)
  stream.on('data', take)

  return {
    bytes: () => bytes,
    head: () => excerpt.head(),
    tail: () => excerpt.tail(),
    discard() {
      discarding = true
    },
    async finish(cut) {
      // A closed socket outlives all but full collections of garbage, and with it all that listens to it.
      stream.off('data', take)
      lines?.end()
      if (redactor !== undefined) keep(redactor.end(cut || discarding), Buffer.alloc(0))
      await log.close()
    },
  }
}

function ignore(): void {}

/** Whether nothing else lives in the memory behind a buffer. */
function isExclusive(chunk: Buffer): boolean {
  return chunk.length > 0 && chunk.length === chunk.buffer.byteLength
}

/** A copy with memory of its own, so that it can be freed. */
function copy(buffer: Uint8Array): Buffer {
  const own = Buffer.allocUnsafeSlow(buffer.length)
  own.set(buffer)
  return own
}
