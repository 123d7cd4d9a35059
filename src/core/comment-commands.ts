import type { JsonObject } from './json.ts'

/** What a comment on a pull request or an issue may ask for: a command of the file's own. */
export interface CommandDefinition {
  readonly description?: string
  /** Ids of the instances that are run, with what they need; all where there are none. */
  readonly only?: readonly string[]
  /** Values of the file's inputs, as texts. */
  readonly inputs?: Readonly<Record<string, string>>
  /** Access to the repository that whoever comments must have. */
  readonly access: 'write' | 'admin'
}

/** The commands of every file, and what each does. */
export const builtinCommands = {
  run: 'runs the file, or the instances that are named and what they need',
  retry: "runs again what failed in this conversation's newest run",
  cancel: 'cancels the runs of this conversation that are in progress',
  status: "shows the status of this conversation's runs",
  plan: 'shows what would run, without running it',
  help: 'lists these commands',
} as const satisfies Readonly<Record<string, string>>

/** What every command begins with, on the first line of a comment. */
export const commandPrefix = '/orchestrate'

/** A command as a comment has it. */
export interface AskedCommand {
  readonly name: string
  readonly args: readonly string[]
  /** Of the comment. */
  readonly id: number
  /** Who commented. */
  readonly actor: string
  readonly isBot: boolean
  /** Number of the issue or pull request. */
  readonly subject: number
  readonly isPullRequest: boolean
}

/** The command in the payload of an `issue_comment` event; undefined where its comment is none, or was edited or deleted. */
export function readCommand(eventName: string, payload: JsonObject): AskedCommand | undefined {
  const comment = mapIn(payload['comment'])
  const issue = mapIn(payload['issue'])
  const user = mapIn(comment['user'])
  const body = comment['body']
  if (eventName !== 'issue_comment' || payload['action'] !== 'created' || typeof body !== 'string') return undefined
  const [prefix, name = 'help', ...args] = (body.split('\n')[0] ?? '').trim().split(/\s+/)
  const { id } = comment
  const { number } = issue
  if (prefix !== commandPrefix || typeof id !== 'number' || typeof number !== 'number') return undefined
  const actor = typeof user['login'] === 'string' ? user['login'] : ''
  return {
    name: name.toLowerCase(),
    args: args.flatMap((each) => each.split(',')).filter((each) => each !== ''),
    id,
    actor,
    isBot: user['type'] === 'Bot' || actor.endsWith('[bot]'),
    subject: number,
    isPullRequest: issue['pull_request'] !== undefined,
  }
}

function mapIn(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}
