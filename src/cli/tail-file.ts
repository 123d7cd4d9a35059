import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'

/** So much of a line that has no end yet is kept; what is longer is given as several. */
const longestLine = 1_048_576

/** A file that grows, read from its start. */
export interface FileTail {
  /** The whole lines that have come since, without their ends. */
  next(): Generator<string>
  /** What stands after the last line end, once nothing more comes; undefined when there is nothing. */
  rest(): string | undefined
  close(): void
}

/** Reads the lines of a file as they come, a piece at a time. Throws as `node:fs` does. */
export function tailFile(path: string): FileTail {
  const fd = openSync(path, 'r')
  const chunk = Buffer.allocUnsafe(65_536)
  const decoder = new StringDecoder('utf8')
  let open = ''
  let at = 0
  return {
    *next() {
      while (at < fstatSync(fd).size) {
        const read = readSync(fd, chunk, 0, chunk.length, at)
        if (read === 0) return
        at += read
        const lines = (open + decoder.write(chunk.subarray(0, read))).split('\n')
        open = lines.pop() ?? ''
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
    close: () => closeSync(fd),
  }
}
