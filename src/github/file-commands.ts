import { appendFileSync, lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'

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
   * although it is not told of them, and sets the PATH of later steps by one.
   */
  restore(): readonly string[]
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
    restore: () => [...files.values()].filter((file) => file.restore()).map(({ name }) => name),
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
    if (expected === undefined || readRegular(path) === expected) return
    touched = true
    rmSync(path, { recursive: true, force: true })
    writeFileSync(path, expected, { flag: 'wx' })
  }
  return {
    name,
    append(text) {
      check()
      appendFileSync(path, text)
      if (expected !== undefined) expected += text
    },
    size: () => Buffer.byteLength(expected ?? ''),
    restore() {
      check()
      return touched
    },
  }
}

/** The text of a regular file, none of one that is not there; undefined for what is neither. */
function readRegular(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return ''
  return found.isFile() ? readFileSync(path, 'utf8') : undefined
}

function formatPair(name: string, value: string, token: string): string {
  const delimiter = `ghadelimiter_${token}`
  if (name.includes(delimiter) || value.includes(delimiter))
    throw new Error('The value of an output holds its own delimiter.')
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
