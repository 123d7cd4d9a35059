import { appendFileSync, statSync } from 'node:fs'

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
}

/** Paths of the file commands of this step and stage; undefined where the runner gave none. */
export interface FileCommandPaths {
  readonly output: string | undefined
  readonly state: string | undefined
  readonly summary: string | undefined
}

/** Size at which actions/runner drops a step summary (`CreateStepSummaryCommand.AttachmentSizeLimit`). */
const summaryLimitBytes = 1024 * 1024

/** File commands at these paths. `token` returns a fresh unguessable word, so that no value can hold its own delimiter. */
export function createFileCommands(paths: FileCommandPaths, token: () => string): FileCommands {
  const append = (path: string | undefined, name: string, value: string): void => {
    if (path !== undefined) appendFileSync(path, formatPair(name, value, token()))
  }
  return {
    setOutput: (name, value) => append(paths.output, name, value),
    saveState: (name, value) => append(paths.state, name, value),
    appendSummary(markdown) {
      if (paths.summary === undefined) return false
      appendFileSync(paths.summary, markdown.endsWith('\n') ? markdown : `${markdown}\n`)
      return true
    },
    summaryRoom() {
      if (paths.summary === undefined) return 0
      const used = statSync(paths.summary, { throwIfNoEntry: false })?.size ?? 0
      return Math.max(0, summaryLimitBytes - used - 1)
    },
  }
}

function formatPair(name: string, value: string, token: string): string {
  const delimiter = `ghadelimiter_${token}`
  if (name.includes(delimiter) || value.includes(delimiter))
    throw new Error('The value of an output holds its own delimiter.')
  return `${name}<<${delimiter}\n${value}\n${delimiter}\n`
}
