import { closeSync, fdatasync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeptText, ReadKeptText } from '../core/kept-text.ts'
import { messageOf } from '../core/message-of.ts'
import { createFileInside } from './create-file.ts'
import { readRegularFile } from './read-regular-file.ts'

/** Writes a text, which holds no secret any more, into a new file of a directory and begins to force it to the disk. Throws as `node:fs` does. */
export function keepText(directory: string, file: string, text: string): KeptText {
  const content = Buffer.from(text)
  const fd = createFileInside(join(directory, file))
  try {
    writeFileSync(fd, content)
  } catch (error) {
    closeSync(fd)
    throw error
  }
  // Where it cannot be synced the hash tells what a power cut has left of it.
  fdatasync(fd, () => closeSync(fd))
  return { file, bytes: content.length, sha256: digest(content) }
}

/** Reads the texts that a run has kept in its directory; each is what was written, or the reader throws. */
export function readerOfTexts(directory: string): ReadKeptText {
  return ({ file, bytes, sha256 }) => {
    // A journal is data: what it names lies among the logs.
    if (!/^logs\/[^/\\]+$/.test(file)) throw new Error(`${file} is not one of this run's log files`)
    const path = join(directory, file)
    let content: Buffer
    try {
      content = readRegularFile(path, { maxBytes: bytes, followLinks: false })
    } catch (error) {
      throw new Error(`the text of this attempt cannot be read: ${messageOf(error)}`, { cause: error })
    }
    if (digest(content) !== sha256) throw new Error(`${path} is damaged: it is not what was written`)
    return content.toString('utf8')
  }
}

/** Reading what hashes takes Node some milliseconds, and few runs keep a text. */
function digest(content: Buffer): string {
  const { createHash } = process.getBuiltinModule('node:crypto')
  return createHash('sha256').update(content).digest('hex')
}
