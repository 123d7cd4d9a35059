import { join } from 'node:path'
import { readRegularFile } from '../../process/read-regular-file.ts'
import type { AttemptDirectory } from '../agent.ts'
import { filesBelow } from '../jsonl-tail.ts'

/** Most bytes of a log that are read. */
const mostBytes = 64 * 1024 * 1024

/** A request that broke off after it had been taken, as OpenCode logs it; one that was refused has the provider's own words. */
const brokenOff =
  /message="stream error".*(?:closed unexpectedly|connection (?:was )?closed|ECONNRESET|EPIPE|terminated|premature|timed? ?out|aborted)/i

/** Whether OpenCode's log, in the home of the attempt, has a request that broke off: it asks again without a word in its stream. */
export function hasLostRequest({ home }: AttemptDirectory): boolean {
  return filesBelow(join(home, '.local', 'share', 'opencode', 'log'), /\.log$/).some((path) => {
    try {
      return readRegularFile(path, { maxBytes: mostBytes, followLinks: false })
        .toString('utf8')
        .split('\n')
        .some((line) => brokenOff.test(line))
    } catch {
      return true
    }
  })
}
