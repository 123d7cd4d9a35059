import { appendFileSync, chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { messageOf } from '../core/message-of.ts'

/** The files through which a step hands values to the runner; each is read after the process has ended. */
export interface FileCommands {
  /** One output of the step (GITHUB_OUTPUT). */
  setOutput(name: string, value: string): void
  /** A value for the `post` step, which gets it as `STATE_<name>` (GITHUB_STATE). */
  saveState(name: string, value: string): void
  /** Appends Markdown to the job summary; false when the runner gave no file. */
  appendSummary(markdown: string): boolean
  /** Bytes that still fit into the job summary: over the limit, the runner drops the whole file. */
  summaryRoom(): number
  /**
   * Makes the files again what they were and we have written, and names those that somebody else has written to: a process of the run finds them
   * although it is not told of them, and sets the PATH of later steps by one. One that cannot be restored keeps none of the others from it.
   */
  restore(): Restored
}

/** What somebody else has written to: names of what was undone, and of what could not be, each with the reason. */
export interface Restored {
  readonly touched: readonly string[]
  readonly left: readonly string[]
}

/** Paths of the file commands of this step and stage; undefined where the runner gave none. */
export interface FileCommandPaths {
  readonly output: string | undefined
  readonly state: string | undefined
  readonly summary: string | undefined
  /** Nothing of ours is written there. */
  readonly others?: Readonly<Record<string, string | undefined>>
}

/** Size at which actions/runner drops a step summary (`CreateStepSummaryCommand.AttachmentSizeLimit`). */
const summaryLimitBytes = 1024 * 1024

/** File commands at these paths. `token` returns a fresh unguessable word, so that no value can hold its own delimiter. */
export function createFileCommands(paths: FileCommandPaths, token: () => string): FileCommands {
  const { output, state, summary, others = {} } = paths
  const names = { GITHUB_OUTPUT: output, GITHUB_STATE: state, GITHUB_STEP_SUMMARY: summary, ...others }
  const files = new Map(
    Object.entries(names).flatMap(([name, path]) =>
      path === undefined ? [] : [[path, openOwnFile(name, path)] as const],
    ),
  )
  const append = (path: string | undefined, text: string): void => {
    if (path !== undefined) files.get(path)?.append(text)
  }
  return {
    setOutput: (name, value) => append(output, formatPair(name, value, token())),
    saveState: (name, value) => append(state, formatPair(name, value, token())),
    appendSummary(markdown) {
      append(summary, markdown.endsWith('\n') ? markdown : `${markdown}\n`)
      return summary !== undefined
    },
    summaryRoom() {
      if (summary === undefined) return 0
      return Math.max(0, summaryLimitBytes - (files.get(summary)?.size() ?? 0) - 1)
    },
    restore() {
      const touched: string[] = []
      const left: string[] = []
      for (const file of files.values())
        try {
          if (file.restore()) touched.push(file.name)
        } catch (error) {
          left.push(`${file.name} (${messageOf(error)})`)
        }
      return { touched, left }
    },
  }
}

/** A file of the runner's whose content we know. */
interface OwnFile {
  readonly name: string
  append(text: string): void
  size(): number
  /** Whether somebody else has written to it, which is undone. */
  restore(): boolean
}

function openOwnFile(name: string, path: string): OwnFile {
  let expected = readRegular(path)
  let touched = false
  const check = (): void => {
    if (expected === undefined || holds(path, expected)) return
    touched = true
    try {
      replaceFile(path, expected)
    } catch {
      openFolder(dirname(path))
      replaceFile(path, expected)
    }
  }
  return {
    name,
    append(text) {
      check()
      appendFileSync(path, text)
      if (expected !== undefined) expected = Buffer.concat([expected, Buffer.from(text)])
    },
    size: () => expected?.length ?? 0,
    restore() {
      check()
      return touched
    },
  }
}

/** The content of a regular file, none of one that is not there; undefined for what is neither. */
function readRegular(path: string): Buffer | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return Buffer.alloc(0)
  return found.isFile() ? readFileSync(path) : undefined
}

/** Whether a regular file holds just that. One that cannot be read does not; one of another size, however large it was made, is not read. */
function holds(path: string, content: Buffer): boolean {
  try {
    const found = lstatSync(path, { throwIfNoEntry: false })
    if (found === undefined) return content.length === 0
    return found.isFile() && found.size === content.length && readFileSync(path).equals(content)
  } catch {
    return false
  }
}

function replaceFile(path: string, content: Buffer): void {
  rmSync(path, { recursive: true, force: true })
  writeFileSync(path, content, { flag: 'wx' })
}

/** Lets a folder that was removed, or made one that takes no file, take files again. */
function openFolder(path: string): void {
  mkdirSync(path, { recursive: true })
  chmodSync(path, statSync(path).mode | 0o700)
}

function formatPair(name: string, value: string, token: string): string {
  const delimiter = `ghadelimiter_${token}`
  if (name.includes(delimiter) || value.includes(delimiter))
    throw new Error('The value of an output holds its own delimiter.')
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
