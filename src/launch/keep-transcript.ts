import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { AttemptDirectory, Sessions } from '../agents/agent.ts'
import { filesBelow, openJsonlTail } from '../agents/jsonl-tail.ts'
import { maskJson } from '../core/mask-json.ts'
import { messageOf } from '../core/message-of.ts'
import { parseObject } from '../core/parse-object.ts'
import { plainLine } from '../core/plain-text.ts'
import type { Redactor } from '../core/redactor.ts'
import { writeNewFile } from '../process/create-file.ts'

/** Most bytes of a transcript that are kept. */
export const transcriptLimit = 16 * 1024 * 1024

/** What became of a transcript: whether there is one, and what its readers must know, one line. */
export interface KeptTranscript {
  readonly kept: boolean
  readonly warning?: string
}

/**
 * Writes what the CLI of an attempt wrote down of its conversation to one file: the session first, then those of agents that it started. Each line is
 * redacted, then counted; whole lines are kept up to the limit.
 */
export function keepTranscript(
  sessions: Sessions,
  directory: Pick<AttemptDirectory, 'home' | 'continued'>,
  session: string | null,
  { path, redactor }: { readonly path: string; readonly redactor: Redactor },
): KeptTranscript {
  try {
    const files = filesOfAttempt(sessions, directory, session)
    if (files.length === 0) return { kept: false, warning: 'its transcript was not kept: its CLI wrote none' }
    let left = transcriptLimit
    let omitted = 0
    const lines = function* (): Generator<string> {
      for (const file of files)
        for (const line of openJsonlTail(file).next()) {
          const masked = `${maskLine(line, redactor)}\n`
          const bytes = Buffer.byteLength(masked)
          if (omitted > 0 || bytes > left) omitted += bytes
          else {
            left -= bytes
            yield masked
          }
        }
    }
    writeNewFile(path, lines())
    if (omitted === 0) return { kept: true }
    const size = `${transcriptLimit / 1024 / 1024} MiB`
    return {
      kept: true,
      warning: `its transcript was cut at ${size}: ${omitted.toLocaleString('en')} bytes are missing`,
    }
  } catch (error) {
    return { kept: false, warning: plainLine(`its transcript was not kept: ${messageOf(error)}`) }
  }
}

/** Without those of a session that was copied and not gone on with. */
function filesOfAttempt(
  { folder, file }: Sessions,
  { home, continued }: Pick<AttemptDirectory, 'home' | 'continued'>,
  session: string | null,
): string[] {
  const sizes = new Map(continued?.files.map((path) => [basename(path), statSync(path).size]))
  const own = filesBelow(join(home, folder), file).filter((path) => sizes.get(basename(path)) !== statSync(path).size)
  const isMain = (path: string): boolean => session !== null && basename(path).includes(session)
  return [...own.filter(isMain), ...own.filter((path) => !isMain(path))]
}

/** A line stays the JSON that it is. */
function maskLine(line: string, redactor: Redactor): string {
  const entry = parseObject(line)
  return entry === undefined ? redactor.text(line) : JSON.stringify(maskJson(entry, redactor))
}
