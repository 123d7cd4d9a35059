import { join } from 'node:path'
import { EntryError, entryFiles, type Entry, type EntryFile } from '../cache/entry.ts'
import { entryLimit } from '../cache/store.ts'
import type { AttemptEnded } from '../core/event.ts'
import type { Task } from '../core/task.ts'
import { freeAccounting } from '../core/usage.ts'
import { writeNewFile } from '../process/create-file.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** The end of an attempt with the files it names, as an entry. Throws where one of them cannot be read, or they are too large. */
export function keepOutcome(common: Omit<Entry, 'ended' | 'files'>, ended: AttemptEnded, runDirectory: string): Entry {
  const files: Partial<Record<EntryFile, Buffer>> = {}
  let left = entryLimit
  for (const name of entryFiles) {
    const path = pathIn(ended, name)
    if (path === null) continue
    const content = readRegularFile(join(runDirectory, path), { maxBytes: entryLimit, followLinks: false })
    left -= content.length
    if (left < 0) throw new EntryError(`has files of more than ${entryLimit} bytes`)
    files[name] = content
  }
  return { ...common, ended: plainEnd(ended), files }
}

/** Puts the files of an entry among the logs of a run; answers the end as an attempt of that run has it. Throws as `node:fs` does. */
export function placeOutcome({ ended, files }: Entry, { id, attempt }: Task, runDirectory: string): AttemptEnded {
  const place = (name: EntryFile): string | null => {
    const content = files[name]
    if (content === undefined) return null
    const path = `logs/${id}.${attempt}.${suffixes[name]}`
    writeNewFile(join(runDirectory, path), content)
    return path
  }
  const { textFile, jsonFile, ...rest } = ended
  const [text, json] = [place('text'), place('json')]
  return {
    ...rest,
    id,
    attempt,
    // Nothing was started: it took no time and cost nothing.
    durationMs: 0,
    accounting: freeAccounting,
    ...(textFile !== undefined && text !== null && { textFile: { ...textFile, file: text } }),
    ...(jsonFile !== undefined && json !== null && { jsonFile: { ...jsonFile, file: json } }),
    stdoutFile: place('stdout'),
    stderrFile: place('stderr'),
    patchFile: place('patch'),
  }
}

const suffixes: Readonly<Record<EntryFile, string>> = {
  text: 'text.txt',
  json: 'json',
  stdout: 'stdout.log',
  stderr: 'stderr.log',
  patch: 'changes.patch',
}

function pathIn(ended: AttemptEnded, name: EntryFile): string | null {
  switch (name) {
    case 'text':
      return ended.textFile?.file ?? null
    case 'json':
      return ended.jsonFile?.file ?? null
    case 'stdout':
      return ended.stdoutFile
    case 'stderr':
      return ended.stderrFile
    case 'patch':
      return ended.patchFile
  }
}

/** Without what only that run has: its place in a journal, the session of a CLI and its transcript, what it asked of which model. */
function plainEnd(ended: AttemptEnded): AttemptEnded {
  const {
    v: _,
    seq: __,
    at: ___,
    models: ____,
    worktree: _____,
    transcriptFile: ______,
    ...rest
  } = ended as AttemptEnded & Record<string, unknown>
  return { ...rest, session: null }
}
