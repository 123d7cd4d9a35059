import { parseJson } from '../core/parse-json.ts'
import { fieldOf } from '../core/field-of.ts'
import { RefusalError } from '../core/refusal.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { messageOf } from '../core/message-of.ts'
import { isObject } from '../core/is-object.ts'
import { readRegular } from './read-regular.ts'
import { isWritersEvent, type EventFacts } from './trust.ts'

/** Environment variables, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>

/** The pull request an event belongs to. Shas are hex. */
export interface PullRequest {
  readonly number: number
  /** Undefined where the event does not say (a comment on a pull request). */
  readonly headSha: string | undefined
  readonly baseSha: string | undefined
  /** Null when the head repository is gone. */
  readonly headRepository: string | null
  readonly author: string
}

/** What a run knows of GitHub: where it runs and for which event. */
export interface GithubContext {
  readonly eventName: string
  readonly payload: JsonObject
  /** Undefined outside GitHub Actions. */
  readonly repository: { readonly owner: string; readonly name: string } | undefined
  readonly sha: string
  readonly job: string
  /** Of the workflow run; grows from one to the next. */
  readonly runId: string
  readonly runAttempt: string
  /** Path of the workflow's file, else its name. */
  readonly workflow: string
  /** Absolute path of the checkout. */
  readonly workspace: string
  readonly apiUrl: string
  readonly graphqlUrl: string
  /** The page of the repository. */
  readonly repositoryUrl: string
  /** The page of this workflow run. */
  readonly runUrl: string
  readonly pullRequest: PullRequest | undefined
  /** What the trust in this event is decided on. */
  readonly event: EventFacts
  /**
   * The commit whose files may be obeyed; undefined where that is the working tree. On events that a stranger can
   * cause, the tree may be theirs.
   */
  readonly configCommit: string | undefined
  /** The `github` context of expressions: Actions' own keys without the token. */
  readonly github: JsonObject
  /** The `runner` context of expressions. */
  readonly runner: JsonObject
}

/** The surroundings are not what they must be. */
export class ContextError extends RefusalError {
  override readonly name = 'ContextError'
}

/** What expressions read of GitHub, as its variables say; `payload` is that of the event. */
export function readContexts(environment: Environment): Pick<GithubContext, 'payload' | 'github' | 'runner'> {
  const payload = readPayload(environment['GITHUB_EVENT_PATH'])
  return { payload, github: githubKeys(environment, payload), runner: runnerKeys(environment) }
}

/** Reads the surroundings of a step once. `environment` is the process's own. */
export function readContext(environment: Environment, workingDirectory: string): GithubContext {
  const eventName = environment['GITHUB_EVENT_NAME'] ?? ''
  const { payload, github, runner } = readContexts(environment)
  const pullRequest = pullRequestOf(payload)
  const sha = environment['GITHUB_SHA'] ?? ''
  const [owner, name] = (environment['GITHUB_REPOSITORY'] ?? '').split('/')
  const repository = owner && name ? { owner, name } : undefined
  const server = environment['GITHUB_SERVER_URL'] || 'https://github.com'
  const apiUrl = environment['GITHUB_API_URL'] || apiOf(server)
  const repositoryUrl = `${server}/${owner}/${name}`
  const runId = environment['GITHUB_RUN_ID'] ?? ''
  return {
    eventName,
    payload,
    repository,
    sha,
    job: environment['GITHUB_JOB'] ?? '',
    runAttempt: environment['GITHUB_RUN_ATTEMPT'] ?? '1',
    workspace: environment['GITHUB_WORKSPACE'] || workingDirectory,
    apiUrl,
    graphqlUrl: environment['GITHUB_GRAPHQL_URL'] || graphqlBeside(apiUrl),
    repositoryUrl,
    runUrl: `${repositoryUrl}/actions/runs/${runId}`,
    runId,
    workflow: environment['GITHUB_WORKFLOW_REF']?.replace(/@[^@]*$/, '') || (environment['GITHUB_WORKFLOW'] ?? ''),
    pullRequest,
    event: {
      eventName,
      payload,
      repository: environment['GITHUB_REPOSITORY'] ?? '',
      actor: environment['GITHUB_ACTOR'] ?? '',
      triggeringActor: environment['GITHUB_TRIGGERING_ACTOR'] ?? '',
    },
    configCommit: configCommitOf(eventName, pullRequest, sha),
    github,
    runner,
  }
}

/** Where a server has its API; GitHub Enterprise Server below its own name. */
function apiOf(server: string): string {
  return server === 'https://github.com' ? 'https://api.github.com' : `${server}/api/v3`
}

/** GraphQL of the same server: a token is for one. */
function graphqlBeside(apiUrl: string): string {
  return `${apiUrl.replace(/\/v3\/?$/, '').replace(/\/$/, '')}/graphql`
}

/** Events whose run stands for a pull request: `GITHUB_SHA` and the checkout are its head or merge commit. */
const pullRequestEvents = new Set([
  'pull_request',
  'pull_request_target',
  'pull_request_review',
  'pull_request_review_comment',
])

function configCommitOf(eventName: string, pullRequest: PullRequest | undefined, sha: string): string | undefined {
  if (pullRequestEvents.has(eventName)) {
    if (pullRequest?.baseSha === undefined)
      throw new ContextError(`The payload of this ${eventName} event names no base commit, so no file can be trusted.`)
    return pullRequest.baseSha
  }
  return isWritersEvent(eventName) ? undefined : sha
}

function pullRequestOf(payload: JsonObject): PullRequest | undefined {
  const fromComment = fieldOf(payload['issue'], 'pull_request') === undefined ? undefined : payload['issue']
  const source = payload['pull_request'] ?? fromComment
  const number = fieldOf(source, 'number')
  if (typeof number !== 'number') return undefined
  const head = fieldOf(source, 'head')
  return {
    number,
    headSha: text(fieldOf(head, 'sha')),
    baseSha: text(fieldOf(fieldOf(source, 'base'), 'sha')),
    headRepository: text(fieldOf(fieldOf(head, 'repo'), 'full_name')) ?? null,
    author: text(fieldOf(fieldOf(source, 'user'), 'login')) ?? '',
  }
}

function readPayload(path: string | undefined): JsonObject {
  if (!path) return {}
  try {
    const bytes = readRegular(path)
    if (bytes === undefined) throw new Error('there is no such file')
    const payload: unknown = parseJson(bytes.toString('utf8'))
    return isObject(payload) ? payload : {}
  } catch (error) {
    throw new ContextError(`The event's payload ${path} cannot be read: ${messageOf(error)}`)
  }
}

/** Names of GITHUB_* variables that expressions may read, as `github.<lower case>`. */
const githubNames = [
  'ACTION', 'ACTOR', 'ACTOR_ID', 'API_URL', 'BASE_REF', 'EVENT_NAME', 'GRAPHQL_URL', 'HEAD_REF', 'JOB', 'REF', 'REF_NAME',
  'REF_PROTECTED', 'REF_TYPE', 'REPOSITORY', 'REPOSITORY_ID', 'REPOSITORY_OWNER', 'REPOSITORY_OWNER_ID',
  'RETENTION_DAYS', 'RUN_ATTEMPT', 'RUN_ID', 'RUN_NUMBER', 'SERVER_URL', 'SHA', 'TRIGGERING_ACTOR', 'WORKFLOW',
  'WORKFLOW_REF', 'WORKFLOW_SHA', 'WORKSPACE',
] // prettier-ignore

function githubKeys(environment: Environment, payload: JsonObject): JsonObject {
  const keys: Record<string, Json> = {}
  for (const name of githubNames) {
    const value = environment[`GITHUB_${name}`]
    if (value !== undefined) keys[name.toLowerCase()] = name === 'REF_PROTECTED' ? value === 'true' : value
  }
  return { ...keys, event: payload }
}

function runnerKeys(environment: Environment): JsonObject {
  const keys: Record<string, Json> = {}
  for (const name of ['ARCH', 'DEBUG', 'ENVIRONMENT', 'NAME', 'OS', 'TEMP', 'TOOL_CACHE']) {
    const value = environment[`RUNNER_${name}`]
    if (value !== undefined) keys[name.toLowerCase()] = value
  }
  return keys
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
