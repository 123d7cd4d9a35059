import { parseObject } from '../core/parse-object.ts'

/** Runtimes that workflows call by an action or a command. */
export type MigratedRuntime = 'claude' | 'codex' | 'gemini'

/** What arguments of an agent CLI come to. */
export interface FlagReading {
  /** Keys of an instance. */
  readonly keys: Record<string, unknown>
  readonly prompts: readonly string[]
  /** What has another meaning, or none, a clause each. */
  readonly remarks: readonly string[]
  /** The file that the CLI writes its answer to. */
  readonly answerFile?: string
  /** Why the call cannot be taken over. */
  readonly obstacle?: string
}

type Take = (value: string, into: Mutable) => void

interface Mutable {
  keys: Record<string, unknown>
  prompts: string[]
  remarks: string[]
  answerFile?: string
  obstacle?: string
}

interface Flag {
  /** Whether a value follows it. */
  readonly valued: boolean
  readonly take: Take
}

const set =
  (key: string, remark?: string): Take =>
  (value, into) => {
    into.keys[key] = value
    if (remark !== undefined) into.remarks.push(remark)
  }
const fixed =
  (key: string, fixedValue: string): Take =>
  (_, into) =>
    void (into.keys[key] = fixedValue)
const ignore: Take = () => {}
const flag = (valued: boolean, take: Take): Flag => ({ valued, take })

const turns: Take = (value, into) => {
  if (/^\d+$/.test(value)) into.keys['max-turns'] = Number(value)
  else into.remarks.push(`\`--max-turns ${value}\` is no number that is known here, and is left out`)
}

const tools =
  (key: string): Take =>
  (value, into) => {
    const earlier = into.keys[key]
    into.keys[key] = [...(Array.isArray(earlier) ? earlier : []), ...splitTools(value)]
  }

const json =
  (key: string, what: string): Take =>
  (value, into) => {
    const parsed = parseObject(value)
    if (parsed !== undefined) into.keys[key] = parsed
    else if (/^[\w./-]+$/.test(value)) into.keys[key] = value
    else into.remarks.push(`${what} is neither a JSON object nor a path here, and is left out`)
  }

const claudeModes: Readonly<Record<string, string>> = {
  bypassPermissions: 'autonomous',
  plan: 'read-only',
  default: 'supervised',
}

const permissionMode: Take = (value, into) => {
  const tier = claudeModes[value]
  if (tier !== undefined) into.keys['safety'] = tier
  else pass(into, '--permission-mode', value)
}

const outputFormat: Take = (value, into) => {
  if (value !== 'text')
    into.remarks.push(
      `\`--output-format ${value}\`: the orchestrator reads the stream itself, and gives the answer as text`,
    )
}

const sandbox: Take = (value, into) => {
  const tiers: Readonly<Record<string, string>> = {
    'read-only': 'read-only',
    'workspace-write': 'supervised',
    'danger-full-access': 'autonomous',
  }
  const tier = tiers[value]
  if (tier === undefined) into.remarks.push(`the sandbox \`${value}\` is unknown here, and is left out`)
  else into.keys['safety'] = tier
}

const approvalMode: Take = (value, into) => {
  if (value === 'yolo') into.keys['safety'] = 'autonomous'
  else if (value === 'plan') into.keys['safety'] = 'read-only'
  else if (value === 'default') into.keys['safety'] = 'supervised'
  else into.remarks.push(`\`--approval-mode ${value}\` has no counterpart, and is left out`)
}

const answerFile: Take = (value, into) => void (into.answerFile = value)

/** The flags that mean a key here, or nothing; every other is passed on in `args`. */
const flags: Readonly<Record<MigratedRuntime, Readonly<Record<string, Flag>>>> = {
  claude: {
    '-p': flag(false, ignore),
    '--print': flag(false, ignore),
    '--verbose': flag(false, ignore),
    '--model': flag(true, set('model')),
    '--max-turns': flag(true, turns),
    '--allowedTools': flag(true, tools('allowed-tools')),
    '--allowed-tools': flag(true, tools('allowed-tools')),
    '--disallowedTools': flag(true, tools('disallowed-tools')),
    '--disallowed-tools': flag(true, tools('disallowed-tools')),
    '--append-system-prompt': flag(true, set('instructions')),
    '--system-prompt': flag(
      true,
      set('instructions', '`--system-prompt` replaced the instructions of the CLI; here they are added to them'),
    ),
    '--permission-mode': flag(true, permissionMode),
    '--dangerously-skip-permissions': flag(false, fixed('safety', 'autonomous')),
    '--output-format': flag(true, outputFormat),
    '--json-schema': flag(true, json('output-schema', '`--json-schema`')),
    '--mcp-config': flag(true, json('mcp', '`--mcp-config`')),
    '--fallback-model': flag(true, (value, into) => void (into.keys['fallback'] = [{ model: value }])),
  },
  codex: {
    exec: flag(false, ignore),
    e: flag(false, ignore),
    '--json': flag(false, ignore),
    '--skip-git-repo-check': flag(false, ignore),
    '--full-auto': flag(false, fixed('safety', 'supervised')),
    '--yolo': flag(false, fixed('safety', 'autonomous')),
    '--dangerously-bypass-approvals-and-sandbox': flag(false, fixed('safety', 'autonomous')),
    '-m': flag(true, set('model')),
    '--model': flag(true, set('model')),
    '-s': flag(true, sandbox),
    '--sandbox': flag(true, sandbox),
    '-C': flag(true, set('working-directory')),
    '--cd': flag(true, set('working-directory')),
    '-o': flag(true, answerFile),
    '--output-last-message': flag(true, answerFile),
    '--output-schema': flag(true, json('output-schema', '`--output-schema`')),
    '-c': flag(true, (value, into) => pass(into, '-c', value)),
    '--config': flag(true, (value, into) => pass(into, '--config', value)),
  },
  gemini: {
    '-p': flag(true, (value, into) => void into.prompts.push(value)),
    '--prompt': flag(true, (value, into) => void into.prompts.push(value)),
    '-m': flag(true, set('model')),
    '--model': flag(true, set('model')),
    '-y': flag(false, fixed('safety', 'autonomous')),
    '--yolo': flag(false, fixed('safety', 'autonomous')),
    '--approval-mode': flag(true, approvalMode),
    '--output-format': flag(true, outputFormat),
    '-o': flag(true, outputFormat),
  },
}

/** Reads the arguments of an agent CLI, without its own name. */
export function readFlags(runtime: MigratedRuntime, words: readonly string[]): FlagReading {
  const into: Mutable = { keys: {}, prompts: [], remarks: [] }
  const known = flags[runtime]
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const [name = '', ...rest] = word.startsWith('--') ? word.split('=') : [word]
    const found = Object.hasOwn(known, name) ? known[name] : undefined
    if (found !== undefined && !found.valued) found.take('', into)
    else if (found !== undefined) {
      const value = rest.length > 0 ? rest.join('=') : words[++index]
      if (value === undefined) into.obstacle = `\`${name}\` has no value`
      else found.take(value, into)
    } else if (word.startsWith('-') && word !== '-') {
      const next = words[index + 1]
      const takesNext =
        !word.includes('=') &&
        next !== undefined &&
        !next.startsWith('-') &&
        index + 2 < words.length + (into.prompts.length > 0 ? 1 : 0)
      if (takesNext) index++
      pass(into, word, takesNext ? next : undefined)
    } else if (word !== '-') into.prompts.push(word)
  }
  return into
}

function pass(into: Mutable, name: string, value?: string): void {
  const earlier = into.keys['args']
  into.keys['args'] = [...(Array.isArray(earlier) ? earlier : []), name, ...(value === undefined ? [] : [value])]
}

/** Tools between commas, blanks or lines; a comma inside parentheses belongs to its tool. */
export function splitTools(text: string): string[] {
  return [...text.matchAll(/[^\s,()]+(?:\([^)]*\))?/g)].map(([tool]) => tool)
}
