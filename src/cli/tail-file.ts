import { closeSync, fstatSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { openRegularFile } from '../process/read-regular-file.ts'

/** So much of a line that has no end yet is kept; what is longer is given as several. */
const longestLine = 1_048_576

/** A file that grows, read from its start. */
export interface FileTail {
  /** The whole lines that have come since, without their ends. */
  next(): Generator<string>
  /** What stands after the last line end, once nothing more comes; undefined when there is nothing. */
  rest(): string | undefined
  /** How many bytes have come that were not given yet. */
  behind(): number
  /** Leaves out all but about the last `bytes` of what has come; gives how many that were. The line in the middle of which that ends is left out whole. */
  skip(bytes: number): number
  close(): void
}

/** Reads the lines of a file as they come, a piece at a time. Throws as `node:fs` does. */
export function tailFile(path: string): FileTail {
  const fd = openRegularFile(path)
  const chunk = Buffer.allocUnsafe(65_536)
  const decoder = new StringDecoder('utf8')
  let open = ''
  let at = 0
  /** What comes next is the end of a line whose start was left out. */
  let isCut = false
  return {
    *next() {
      while (at < fstatSync(fd).size) {
        const read = readSync(fd, chunk, 0, chunk.length, at)
        if (read === 0) return
        at += read
        const lines = (open + decoder.write(chunk.subarray(0, read))).split('\n')
        open = lines.pop() ?? ''
        if (isCut && lines.shift() !== undefined) isCut = false
        if (isCut) open = ''
        yield* lines
        if (open.length > longestLine) {
          yield open
          open = ''
        }
      }
    },
    rest() {
      const left = open + decoder.end()
      open = ''
      return left === '' ? undefined : left
    },
    behind: () => Math.max(0, fstatSync(fd).size - at),
    skip(bytes) {
      const to = Math.max(at, fstatSync(fd).size - bytes)
      const skipped = to - at + Buffer.byteLength(open)
      at = to
      open = ''
      isCut ||= skipped > 0
      decoder.end()
      return skipped
    },
    close: () => closeSync(fd),
  }
}
