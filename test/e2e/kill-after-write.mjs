import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Loaded before the orchestrator (`--import`): kills it, as the kernel would, at one line of the journal of its run. `KILL_AT` is the type of the
 * event and which of its type it is, from 1 (`run.ended 1`); `KILL_HOW` says when: `before` the line is written, in the `middle` of it or `after` it.
 */
const [type, number] = process.env.KILL_AT.split(' ')
const how = process.env.KILL_HOW
const { writeSync } = fs

/** The line that is to be the last has begun and is not whole. */
let isWriting = false
let seen = 0

function die() {
  process.kill(process.pid, 'SIGKILL')
}

fs.writeSync = (fd, data, ...rest) => {
  if (typeof data === 'string' || rest.length > 1) return writeSync(fd, data, ...rest)
  const text = Buffer.from(data)
  if (text.subarray(0, 7).toString() === '{"v":2,' && text.subarray(0, 100).includes(`"type":"${type}"`)) seen += 1
  isWriting = seen === Number(number)
  if (!isWriting) return writeSync(fd, data, ...rest)
  if (how === 'before') die()
  if (how === 'middle') {
    writeSync(fd, text.subarray(0, text.length / 2))
    die()
  }
  const written = writeSync(fd, data, ...rest)
  if (text.at(-1) === 0x0a) die()
  return written
}
syncBuiltinESMExports()
