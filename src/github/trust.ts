import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'

/** Whether what triggered the run may be obeyed; `why` is a sentence for people, `remedy` the line that would change it. */
export interface Trust {
  readonly level: 'trusted' | 'untrusted'
  readonly why: string
  readonly remedy?: string
}

/** What trust is decided on: the event as the runner tells it. */
export interface EventFacts {
  readonly eventName: string
  readonly payload: JsonObject
  /** `owner/name`. */
  readonly repository: string
  readonly actor: string
  /** Who started this attempt of the workflow run; differs from the actor after a re-run. */
  readonly triggeringActor: string
}

/** Whom the workflow lets cause runs with credentials on events that anyone can cause. */
export interface Allowed {
  /** Access that everyone behind such an event must have; undefined lets nobody. */
  readonly access: 'write' | 'admin' | undefined
  readonly actors: readonly string[]
  readonly bots: readonly string[]
}

/** What somebody may do in the repository; `unknown` says why that is not known. */
export type Access = 'admin' | 'write' | 'read' | 'none' | { readonly unknown: string }

/** A decision, or what GitHub must be asked before there is one. */
export type Ruling =
  | { readonly trust: Trust }
  | {
      /** Logins that need `access`. */
      readonly people: readonly string[]
      /** Pull requests whose authors need it too. */
      readonly pullRequests: readonly number[]
      /** A branch of the repository and the commit it was at: the authors of the pull requests from there need it too. */
      readonly head?: { readonly branch: string; readonly sha: string }
      readonly access: 'write' | 'admin'
    }

/** Only people who may write can cause these, or GitHub itself for them. */
const writersEvents = new Set(
  (
    'push workflow_dispatch repository_dispatch create delete release deployment deployment_status page_build public ' +
    'branch_protection_rule registry_package image_version label milestone status'
  ).split(' '),
)

/** Checks run on commits of forks too: whoever pushed such a commit may be who caused them. The workflow is the default branch's. */
const checkEvents = new Set(['check_run', 'check_suite'])

/** Nobody's in particular: the default branch's own, or queued by someone who may merge. */
const ownEvents = new Set(['schedule', 'merge_group'])

/** Events whose run stands for a pull request: `GITHUB_SHA` and the checkout are its head or merge commit. */
const pullRequestEvents = new Set(['pull_request', 'pull_request_review', 'pull_request_review_comment'])

/** Whether only people who may write can cause the event, so that its working tree is theirs. */
export function isWritersEvent(eventName: string): boolean {
  return [ownEvents, writersEvents, checkEvents].some((events) => events.has(eventName)) || eventName === ''
}

interface Person {
  readonly login: string
  readonly isBot: boolean
}

/** Judges an event as far as that is possible without asking; events that are not known are a stranger's. */
export function judgeEvent(facts: EventFacts, allowed: Allowed): Ruling {
  const { eventName, payload, repository } = facts
  if (eventName === '') return trusted('not run by an event')
  if (ownEvents.has(eventName)) return trusted(`a ${eventName} event is the repository's own`)
  if (writersEvents.has(eventName))
    return judgeBots(causesOf(facts), allowed, `a ${eventName} event needs write access`)
  if (checkEvents.has(eventName)) return judgeCheck(facts, allowed)
  if (eventName === 'workflow_run') return judgeWorkflowRun(facts, payload['workflow_run'], allowed)
  const pullRequest = payload['pull_request']
  const people = [...causesOf(facts), ...authorsIn(payload, ['pull_request', 'review', 'comment'])]
  if (pullRequestEvents.has(eventName)) {
    const head = text(field(field(field(pullRequest, 'head'), 'repo'), 'full_name'))
    if (head === repository) return ask(people, [], allowed, 'write')
    return askIfAllowed(people, allowed, `the pull request comes from ${head ?? 'a deleted fork'}`)
  }
  const why =
    eventName === 'pull_request_target'
      ? 'a pull_request_target event runs with secrets on what anyone proposes'
      : `anyone can cause ${/^[aeiou]/.test(eventName) ? 'an' : 'a'} ${eventName} event`
  return askIfAllowed(people, allowed, why)
}

/** The decision once GitHub has been asked; nobody whose access is not known is trusted. */
export function trustOf(ruling: Ruling, accessOf: ReadonlyMap<string, Access>): Trust {
  if ('trust' in ruling) return ruling.trust
  for (const login of ruling.people) {
    const access = accessOf.get(login) ?? { unknown: 'GitHub was not asked' }
    if (typeof access === 'object')
      return untrusted(`whether ${login} has write access here is unknown: ${access.unknown}`)
    if (access === 'admin' || access === ruling.access) continue
    return {
      ...untrusted(`${login} has no ${ruling.access} access to the repository`),
      remedy: lineToAdd(`allowed-actors: ${login}`),
    }
  }
  return { level: 'trusted', why: `everyone behind the event has ${ruling.access} access` }
}

/** The ruling with the authors of its pull requests, who are known now, among its people. */
export function withAuthors(
  ruling: Exclude<Ruling, { trust: Trust }>,
  authors: readonly { readonly login: string; readonly type: string }[],
  allowed: Allowed,
): Ruling {
  const people = [...ruling.people.map((login) => ({ login, isBot: false })), ...authors.map(personOf)]
  // Those whom the event itself names had been listed.
  if (people.length === 0) return trusted('everyone behind the event is listed as allowed')
  return ask(people, [], allowed, ruling.access)
}

/** Of a check, who caused it and the authors of the pull requests it is about. */
function judgeCheck(facts: EventFacts, allowed: Allowed): Ruling {
  const suite = facts.payload['check_suite'] ?? field(facts.payload['check_run'], 'check_suite')
  const people = [...causesOf(facts), ...botAuthors(field(suite, 'head_commit'))]
  return ask(people, numbersIn(field(suite, 'pull_requests')), allowed, 'write')
}

/** Of a commit only a name is known, which nobody can be asked about; a bot's says so. */
function botAuthors(commit: Json | undefined): Person[] {
  const author = text(field(field(commit, 'author'), 'name')) ?? ''
  return author.endsWith('[bot]') ? [{ login: author, isBot: true }] : []
}

function numbersIn(pullRequests: Json | undefined): number[] {
  return (Array.isArray(pullRequests) ? pullRequests : [])
    .map((each: Json) => field(each, 'number'))
    .filter((number) => typeof number === 'number')
}

/** The workflow that triggered this one ran for an event of its own: that one counts. */
function judgeWorkflowRun(facts: EventFacts, run: Json | undefined, allowed: Allowed): Ruling {
  const event = text(field(run, 'event')) ?? ''
  const head = text(field(field(run, 'head_repository'), 'full_name'))
  const people = [
    ...causesOf(facts),
    ...authorsIn({ run: run ?? null }, ['run'], ['actor', 'triggering_actor']),
    ...botAuthors(field(run, 'head_commit')),
  ]
  if (head !== facts.repository && head !== undefined)
    return askIfAllowed(people, allowed, `the triggering workflow ran for a fork, ${head}`)
  if (head === undefined) return askIfAllowed(people, allowed, 'the triggering workflow ran for a deleted fork')
  if (ownEvents.has(event)) return trusted(`the triggering workflow ran for a ${event} event of this repository`)
  if (writersEvents.has(event))
    return judgeBots(people, allowed, `the triggering workflow ran for a ${event} event, which needs write access`)
  if (checkEvents.has(event)) return ask(people, [], allowed, 'write')
  if (!pullRequestEvents.has(event))
    return askIfAllowed(
      people,
      allowed,
      `the triggering workflow ran for ${event === '' ? 'an unknown' : `a ${event}`} event`,
    )
  const numbers = numbersIn(field(run, 'pull_requests'))
  const ruling = ask(people, numbers, allowed, 'write')
  const [branch, sha] = [text(field(run, 'head_branch')), text(field(run, 'head_sha'))]
  // GitHub lists only what was open when the event was made.
  if (numbers.length > 0 || branch === undefined || sha === undefined || isRefusal(ruling)) return ruling
  return { people: [], pullRequests: [], access: 'write', ...('people' in ruling && ruling), head: { branch, sha } }
}

function isRefusal(ruling: Ruling): boolean {
  return 'trust' in ruling && ruling.trust.level === 'untrusted'
}

/** An event that anyone can cause: for those whom the workflow allows. */
function askIfAllowed(people: readonly Person[], allowed: Allowed, why: string): Ruling {
  if (people.length > 0 && people.every((person) => isListed(person, allowed)))
    return trusted('everyone behind the event is listed as allowed')
  if (allowed.access !== undefined) return ask(people, [], allowed, allowed.access)
  return { trust: { ...untrusted(why), remedy: lineToAdd('allowed: write', 'for people with write access here ') } }
}

/** Everyone needs the access, but for those that are listed; a bot has none that could be asked for. */
function ask(
  people: readonly Person[],
  pullRequests: readonly number[],
  allowed: Allowed,
  access: 'write' | 'admin',
): Ruling {
  const unlisted = people.filter((person) => !isListed(person, allowed))
  const bot = unlisted.find(({ isBot }) => isBot)
  if (bot !== undefined) return unlistedBot(bot)
  if (people.length === 0) return { trust: untrusted('the event does not say who caused it') }
  const logins = [...new Set(unlisted.map(({ login }) => login))]
  if (logins.length > 0 || pullRequests.length > 0) return { people: logins, pullRequests, access }
  return trusted('everyone behind the event is listed as allowed')
}

function judgeBots(people: readonly Person[], allowed: Allowed, why: string): Ruling {
  const bot = people.find((person) => person.isBot && !isListed(person, allowed))
  return bot === undefined ? trusted(why) : unlistedBot(bot)
}

function unlistedBot({ login }: Person): Ruling {
  const why = `${login} is a bot that is not listed as allowed`
  return { trust: { ...untrusted(why), remedy: lineToAdd(`allowed-bots: ${login}`) } }
}

function isListed({ login, isBot }: Person, allowed: Allowed): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/\[bot\]$/, '')
  return isBot
    ? allowed.bots.some((bot) => plain(bot) === plain(login))
    : allowed.actors.some((actor) => actor.toLowerCase() === login.toLowerCase())
}

/** Who caused the event, as the payload and the runner say. */
function causesOf({ payload, actor, triggeringActor }: EventFacts): Person[] {
  const users = Object.values(payload)
    .flatMap((value) => [value, field(value, 'user')])
    .filter((user) => text(field(user, 'login')) !== undefined)
    .map((user) => readPerson(user))
  const known = (login: string): Person => users.find((user) => user?.login === login) ?? personOf({ login, type: '' })
  const named = [...new Set([actor, triggeringActor])].filter((login) => login !== '').map(known)
  const sender = readPerson(payload['sender'])
  return sender === undefined ? named : [...named.filter(({ login }) => login !== sender.login), sender]
}

/** The users in parts of the payload. */
function authorsIn(payload: JsonObject, parts: readonly string[], keys: readonly string[] = ['user']): Person[] {
  return parts
    .flatMap((part) => keys.map((key) => readPerson(field(payload[part], key))))
    .filter((person) => person !== undefined)
}

function readPerson(user: Json | undefined): Person | undefined {
  const login = text(field(user, 'login'))
  return login === undefined ? undefined : personOf({ login, type: text(field(user, 'type')) ?? '' })
}

/** GitHub's own agents are bots whose login does not say so. */
function personOf({ login, type }: { readonly login: string; readonly type: string }): Person {
  return { login, isBot: type === 'Bot' || /\[bot\]$|^copilot$/i.test(login) }
}

function trusted(why: string): Ruling {
  return { trust: { level: 'trusted', why } }
}

function untrusted(why: string): Trust {
  return { level: 'untrusted', why }
}

function lineToAdd(line: string, whom = ''): string {
  return `To give them ${whom}anyway, add \`${line}\` to the inputs of this step.`
}

function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
