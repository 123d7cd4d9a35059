/** A workflow command as the runner read it. */
export interface RunnerCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
}

/** What an annotation ended up as. */
export interface RunnerAnnotation extends RunnerCommand {
  readonly name: 'error' | 'warning' | 'notice'
}

/** What the runner made of a step's lines. */
export interface RunnerReading {
  line(text: string): void
  /** Commands obeyed, in order. */
  readonly commands: readonly RunnerCommand[]
  /** Annotations shown: ten of each level. */
  readonly annotations: readonly RunnerAnnotation[]
  readonly droppedAnnotations: number
  /** Outputs set by command, which nobody should. */
  readonly outputs: Readonly<Record<string, string>>
  readonly masks: readonly string[]
  /** Lines that were no command, as the log shows them. */
  readonly log: readonly string[]
  /** A fence that was not closed: all later commands would be lost. */
  readonly stopped: boolean
}

const registered = new Set([
  'set-env',
  'set-output',
  'save-state',
  'add-path',
  'add-mask',
  'add-matcher',
  'remove-matcher',
  'warning',
  'error',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
])

const shownPerLevel = 10

/** Reads lines as actions/runner does (`ActionCommand`, `ActionCommandManager`). */
export function createRunnerReading(): RunnerReading {
  const commands: RunnerCommand[] = []
  const annotations: RunnerAnnotation[] = []
  const outputs: Record<string, string> = {}
  const masks: string[] = []
  const log: string[] = []
  let stopToken: string | undefined
  let dropped = 0
  const known = (name: string): boolean => registered.has(name) || name === stopToken

  function line(text: string): void {
    const command = parseCurrent(text, known) ?? parseOld(text, known)
    if (command === undefined || (stopToken !== undefined && command.name !== stopToken)) {
      log.push(text)
      return
    }
    if (command.name === stopToken) {
      stopToken = undefined
      return
    }
    commands.push(command)
    switch (command.name) {
      case 'stop-commands':
        if (command.data === '' || registered.has(command.data)) throw new Error(`bad stop token ${command.data}`)
        stopToken = command.data
        return
      case 'set-output':
        outputs[command.properties['name'] ?? ''] = command.data
        return
      case 'add-mask':
        masks.push(command.data)
        return
      case 'error':
      case 'warning':
      case 'notice': {
        const { name } = command
        if (annotations.filter((shown) => shown.name === name).length < shownPerLevel)
          annotations.push({ ...command, name })
        else dropped++
        return
      }
      default:
    }
  }
  return {
    line,
    commands,
    annotations,
    get droppedAnnotations() {
      return dropped
    },
    outputs,
    masks,
    log,
    get stopped() {
      return stopToken !== undefined
    },
  }
}

/** `::name key=value,key=value::data`, at the start of the line after white space. */
function parseCurrent(text: string, known: (name: string) => boolean): RunnerCommand | undefined {
  const trimmed = text.trimStart()
  const end = trimmed.startsWith('::') ? trimmed.indexOf('::', 2) : -1
  return end === -1 ? undefined : parse(trimmed.slice(2, end), ',', trimmed.slice(end + 2), known)
}

/** `##[name key=value;key=value]data`, anywhere in the line. */
function parseOld(text: string, known: (name: string) => boolean): RunnerCommand | undefined {
  const start = text.indexOf('##[')
  const end = start === -1 ? -1 : text.indexOf(']', start)
  return end === -1 ? undefined : parse(text.slice(start + 3, end), ';', text.slice(end + 1), known)
}

function parse(
  head: string,
  separator: string,
  data: string,
  known: (name: string) => boolean,
): RunnerCommand | undefined {
  const space = head.indexOf(' ')
  const name = (space === -1 ? head : head.slice(0, space)).toLowerCase()
  if (!known(space === -1 ? head : head.slice(0, space)) && !known(name)) return undefined
  const properties: Record<string, string> = {}
  for (const pair of space === -1 ? [] : head.slice(space + 1).split(separator)) {
    const [key = '', ...rest] = pair.trim().split('=')
    if (rest.length > 0) properties[key] = unescapeProperty(rest.join('='))
  }
  return { name: known(name) ? name : head, properties, data: unescapeMessage(data) }
}

function unescapeMessage(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
}

function unescapeProperty(text: string): string {
  return unescapeMessage(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
}

/** `NAME=VALUE` and `NAME<<DELIMITER` entries of a file command; throws where the runner fails the step. */
export function parseFileCommand(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  const lines = text.split(/\r?\n/)
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (line === '') continue
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')]
    if (equals !== -1 && (heredoc === -1 || equals < heredoc)) {
      values[line.slice(0, equals)] = line.slice(equals + 1)
      continue
    }
    if (heredoc === -1) throw new Error(`Invalid format '${line}'`)
    const delimiter = line.slice(heredoc + 2)
    const end = lines.indexOf(delimiter, at + 1)
    if (end === -1 || delimiter === '') throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
    values[line.slice(0, heredoc)] = lines.slice(at + 1, end).join('\n')
    at = end
  }
  return values
}
