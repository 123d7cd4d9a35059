import { cutMiddle, headOf } from '../core/cut-text.ts'
import { type AttemptEnded, textLimit } from '../core/event.ts'
import { carriedLimit, excerptLimit } from '../core/kept-text.ts'
import type { Json } from '../core/json.ts'
import { maskJson } from '../core/mask-json.ts'
import type { Task } from '../core/task.ts'
import type { Agent } from '../agents/agent.ts'
import { keepText } from '../process/kept-texts.ts'
import type { Exit } from '../process/spawn.ts'
import type { LauncherOptions } from './launcher-options.ts'
import type { LogPath } from './prepare-attempt.ts'

type Carried = Pick<AttemptEnded, 'text' | 'textFile' | 'textTruncated'>

/** The text of an attempt, redacted before, as its event carries it: a long one in a file, so that neither the journal nor our memory grows with it. */
export function carriedText(
  said: string,
  exit: Exit,
  agent: Agent,
  { name }: LogPath,
  { redactor, runDirectory }: Pick<LauncherOptions, 'redactor' | 'runDirectory'>,
): Carried {
  const cut = textOf(said, exit, agent)
  if (cut.text.length <= carriedLimit) return cut
  // The start and the end of an output were redacted apart.
  const text = redactor.text(cut.text)
  try {
    const textFile = keepText(runDirectory, name, text)
    const excerpt = cutMiddle(text, excerptLimit, (left) => gap(left, 'characters', name))
    return { ...cut, text: ownMemory(excerpt), textFile }
  } catch {
    // A folder that takes no file may still have a journal that takes the text.
    return { ...cut, text }
  }
}

/** What was parsed, as its event carries it. What a schema asked for becomes outputs, which events carry. */
export function carriedJson(
  json: Json,
  task: Task,
  { name }: LogPath,
  { redactor, runDirectory }: Pick<LauncherOptions, 'redactor' | 'runDirectory'>,
): Pick<AttemptEnded, 'json' | 'jsonFile'> {
  if (typeof json !== 'object' || json === null || task.outputSchema !== undefined) return { json }
  const text = JSON.stringify(maskJson(json, redactor))
  if (text.length <= carriedLimit) return { json }
  try {
    return { json: null, jsonFile: keepText(runDirectory, name, text) }
  } catch {
    return { json }
  }
}

/** What is said of a text whose middle is left out. */
const gap = (left: number, unit: string, where: string): string =>
  `\n\n[… ${left.toLocaleString('en')} ${unit} left out here; ${where} has them …]\n\n`

const inLog = 'the log of this attempt'

/** Of a text longer than the limit its start and its end, for there a verdict stands. */
function textOf(said: string, exit: Exit, agent: Agent): Carried {
  const isHead = agent.kind === 'command' && exit.stdoutHead.length >= textLimit - 1 && said.length <= textLimit
  const left = exit.stdoutBytes - Buffer.byteLength(said)
  if (!isHead || left <= 0)
    return {
      text: cutMiddle(said, textLimit, (count) => gap(count, 'characters', inLog)),
      textTruncated: said.length > textLimit,
    }
  const end = exit.stdoutTail
  const head = headOf(said, textLimit - end.length - gap(exit.stdoutBytes, 'bytes', inLog).length)
  const shown = Buffer.byteLength(head) + Buffer.byteLength(end)
  return { text: `${head}${gap(exit.stdoutBytes - shown, 'bytes', inLog)}${end}`, textTruncated: true }
}

/** The same string without the long one that it is a part of, which V8 would keep. */
function ownMemory(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}
