import { cutText } from '../core/cut-text.ts'

/** Properties of an annotation as the runner reads them. Lines and columns count from 1. */
export interface AnnotationPlace {
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** The three severities the runner knows; each step shows ten of each. */
export type AnnotationLevel = 'error' | 'warning' | 'notice'

/** The only way to the step's standard output: commands escaped, everything else unable to be one. */
export interface WorkflowCommands {
  /** Text that is not ours. Held back to the end of its line; a line that could be a command is fenced by stop-commands. */
  print(text: string): void
  /** Annotates the run. Message and places may hold anything. */
  annotate(level: AnnotationLevel, message: string, place?: AnnotationPlace): void
  /** How many annotations of a level the runner still shows of this step. */
  room(level: AnnotationLevel): number
  /** Hides a value in the log from here on, line by line as the runner does it. */
  mask(value: string): void
  group(title: string): void
  endGroup(): void
  /** A line that only shows with debug logging on. */
  debug(message: string): void
  /** Writes what `print` still holds back. */
  flush(): void
}

const annotationMessageLimit = 4096

/** Annotations of each level that one step shows (actions/runner, `ExecutionContext._maxIssueCount`). */
const shownPerLevel = 10

/**
 * Commands of a step over `write`. `token` returns a fresh unguessable word: the end of a fence, which nobody can know
 * before it is printed.
 */
export function createWorkflowCommands(write: (text: string) => void, token: () => string): WorkflowCommands {
  let held = ''
  const annotated = { error: 0, warning: 0, notice: 0 }
  const emit = (text: string): void => {
    if (text !== '') write(mayHoldCommand(text) ? fence(text, token) : text)
  }
  const flush = (): void => {
    const rest = held
    held = ''
    if (rest !== '') emit(`${rest}\n`)
  }
  const command = (name: string, message: string, place: AnnotationPlace = {}): void => {
    flush()
    write(`${formatCommand(name, message, place)}\n`)
  }
  return {
    print(text) {
      const end = text.lastIndexOf('\n') + 1
      if (end === 0) {
        held += text
        return
      }
      const whole = held + text.slice(0, end)
      held = text.slice(end)
      emit(whole)
    },
    annotate(level, message, place) {
      annotated[level]++
      command(level, cutText(message, annotationMessageLimit), place)
    },
    room: (level) => Math.max(0, shownPerLevel - annotated[level]),
    mask(value) {
      for (const line of value.split(/\r?\n/)) if (line.trim() !== '') command('add-mask', line)
    },
    group: (title) => command('group', title),
    endGroup: () => command('endgroup', ''),
    debug: (message) => command('debug', message),
    flush,
  }
}

/**
 * Whether the runner could take a line of the text for a command: `::` at its start after any white space, or `##[`
 * anywhere (actions/runner, `ActionCommand.TryParseV2` and `TryParse`). Wider than the runner on purpose, since it
 * decides what counts as white space and as a line end.
 */
function mayHoldCommand(text: string): boolean {
  return text.includes('::') || text.includes('##[')
}

/** The text between stop-commands and a token that it does not hold. */
function fence(text: string, token: () => string): string {
  let word = token()
  while (text.includes(word)) word = token()
  return `::stop-commands::${word}\n${text}${text.endsWith('\n') ? '' : '\n'}::${word}::\n`
}

/** One command line without its line end, escaped as `@actions/core` does. */
function formatCommand(name: string, message: string, place: AnnotationPlace): string {
  const properties = Object.entries({
    title: place.title,
    file: place.file,
    line: place.line,
    endLine: place.endLine,
    col: place.column,
    endColumn: place.endColumn,
  })
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`)
    .join(',')
  return `::${name}${properties === '' ? '' : ` ${properties}`}::${escapeMessage(message)}`
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
