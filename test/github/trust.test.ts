import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JsonObject } from '../../src/core/json.ts'
import type { Api } from '../../src/github/api.ts'
import { decideTrust } from '../../src/github/ask-access.ts'
import { judgeEvent, trustOf, withAuthors, type Access, type Allowed } from '../../src/github/trust.ts'

const repository = 'octo/app'
interface User extends JsonObject {
  readonly login: string
}

const user = (login: string, type = 'User'): User => ({ login, type })
const [mona, writer, reader, outsider] = [user('mona'), user('wendy'), user('rita'), user('mallory')]
const [dependabot, renovate] = [user('dependabot[bot]', 'Bot'), user('renovate[bot]', 'Bot')]
const copilot = user('Copilot', 'Bot')

const access: ReadonlyMap<string, Access> = new Map<string, Access>([
  ['mona', 'admin'],
  ['wendy', 'write'],
  ['rita', 'read'],
  ['mallory', 'none'],
  ['ghost', { unknown: '503 Service Unavailable' }],
])
const nobody: Allowed = { access: undefined, actors: [], bots: [] }

const pull = (author: JsonObject, head: string | null = repository): JsonObject => ({
  number: 7,
  user: author,
  head: { repo: head === null ? null : { full_name: head } },
})
const run = (event: string, actor: JsonObject, more: JsonObject = {}): JsonObject => ({
  workflow_run: { event, actor, triggering_actor: actor, head_repository: { full_name: repository }, ...more },
})

/** As GitHub does it, the actor is the sender, unless a test says otherwise. */
function levelOf(
  eventName: string,
  sender: User,
  payload: JsonObject = {},
  allowed: Partial<Allowed> = {},
  people: { actor?: string; triggeringActor?: string } = {},
): string {
  const actor = people.actor ?? sender.login
  const facts = {
    eventName,
    payload: { ...payload, sender },
    repository,
    actor,
    triggeringActor: people.triggeringActor ?? actor,
  }
  return trustOf(judgeEvent(facts, { ...nobody, ...allowed }), access).level
}

type Row = readonly [what: string, level: 'trusted' | 'untrusted', ...Parameters<typeof levelOf>]

const rows: readonly Row[] = [
  ['a pull request of a writer', 'trusted', 'pull_request', writer, { pull_request: pull(writer) }],
  ['one that a reader opened', 'untrusted', 'pull_request', reader, { pull_request: pull(reader) }],
  ['one that a reader edited', 'untrusted', 'pull_request', reader, { pull_request: pull(writer) }],
  ['a reader’s, labelled by a writer', 'untrusted', 'pull_request', writer, { pull_request: pull(reader) }],
  ['one whose author’s access is not known', 'untrusted', 'pull_request', user('ghost'), { pull_request: pull(writer) }],
  ['one of somebody GitHub was not asked about', 'untrusted', 'pull_request', user('new'), { pull_request: pull(writer) }],
  ['one from a fork', 'untrusted', 'pull_request', outsider, { pull_request: pull(outsider, 'mallory/app') }],
  ['a writer’s from a fork', 'untrusted', 'pull_request', writer, { pull_request: pull(writer, 'wendy/app') }],
  ['one from a fork that is gone', 'untrusted', 'pull_request', writer, { pull_request: pull(outsider, null) }],
  ['one of dependabot', 'untrusted', 'pull_request', dependabot, { pull_request: pull(dependabot) }],
  ['dependabot’s, labelled by a writer', 'untrusted', 'pull_request', writer, { pull_request: pull(dependabot) }],
  ['one of Copilot', 'untrusted', 'pull_request', copilot, { pull_request: pull(copilot) }],
  ['a writer’s that Copilot edited', 'untrusted', 'pull_request', copilot, { pull_request: pull(writer) }],
  ['one that a reader ran again', 'untrusted', 'pull_request', writer, { pull_request: pull(writer) }, {}, { triggeringActor: 'rita' }],
  ['a writer’s review', 'trusted', 'pull_request_review', writer, { pull_request: pull(mona), review: { user: writer } }],
  ['an outsider’s review', 'untrusted', 'pull_request_review', outsider, { pull_request: pull(writer), review: { user: outsider } }],
  ['an outsider’s review comment', 'untrusted', 'pull_request_review_comment', outsider, { pull_request: pull(writer), comment: { user: outsider } }],
  ['an outsider’s review comment, edited by a writer', 'untrusted', 'pull_request_review_comment', writer, { pull_request: pull(writer), comment: { user: outsider } }],
  ['pull_request_target of a writer', 'untrusted', 'pull_request_target', writer, { pull_request: pull(writer) }],
  ['pull_request_target of a fork', 'untrusted', 'pull_request_target', outsider, { pull_request: pull(outsider, 'mallory/app') }],
  ...['issues', 'issue_comment', 'discussion', 'discussion_comment', 'fork', 'watch', 'gollum', 'event_of_next_year'].map(
    (event): Row => [`${event} of a writer`, 'untrusted', event, writer],
  ),
  ...(
    'push workflow_dispatch repository_dispatch create delete release deployment deployment_status page_build public ' +
    'branch_protection_rule registry_package label milestone status check_run check_suite merge_group schedule'
  )
    .split(' ')
    .map((event): Row => [`${event} of a person`, 'trusted', event, writer]),
  ['the checks of an outsider’s commit', 'untrusted', 'check_suite', outsider, { check_suite: { pull_requests: [] } }],
  ['a check of an outsider’s commit', 'untrusted', 'check_run', outsider],
  ['the checks of dependabot’s commit, asked for by a writer', 'untrusted', 'check_suite', writer, { check_suite: { head_commit: { author: { name: 'dependabot[bot]' } } } }],
  ['a check of an app', 'untrusted', 'check_run', user('ci-service[bot]', 'Bot')],
  ['a listed app’s check', 'trusted', 'check_run', user('ci-service[bot]', 'Bot'), {}, { bots: ['ci-service[bot]'] }],
  ['workflow_run of an outsider’s checks', 'untrusted', 'workflow_run', outsider, run('check_suite', outsider)],
  ['workflow_run of a writer’s checks', 'trusted', 'workflow_run', writer, run('check_suite', writer)],
  ['a push of dependabot', 'untrusted', 'push', dependabot],
  ['a push of Copilot', 'untrusted', 'push', copilot],
  ['a merge queue’s own bot', 'trusted', 'merge_group', user('github-merge-queue[bot]', 'Bot')],
  ['a run outside of events', 'trusted', '', mona],
  ['workflow_run of a push', 'trusted', 'workflow_run', writer, run('push', writer)],
  ['workflow_run of a schedule', 'trusted', 'workflow_run', writer, run('schedule', writer)],
  ['workflow_run of a writer’s pull request', 'trusted', 'workflow_run', writer, run('pull_request', writer)],
  ['workflow_run of a reader’s pull request', 'untrusted', 'workflow_run', reader, run('pull_request', reader)],
  ['workflow_run of an outsider’s comment', 'untrusted', 'workflow_run', outsider, run('issue_comment', outsider)],
  ['workflow_run of a writer’s comment', 'untrusted', 'workflow_run', writer, run('issue_comment', writer)],
  ['workflow_run of pull_request_target', 'untrusted', 'workflow_run', writer, run('pull_request_target', writer)],
  ['workflow_run of a workflow_run', 'untrusted', 'workflow_run', writer, run('workflow_run', writer)],
  ['workflow_run of dependabot', 'untrusted', 'workflow_run', dependabot, run('pull_request', dependabot)],
  ['workflow_run of dependabot’s push', 'untrusted', 'workflow_run', dependabot, run('push', dependabot)],
  ['workflow_run of dependabot’s commit, labelled by a writer', 'untrusted', 'workflow_run', writer, run('pull_request', writer, { head_commit: { author: { name: 'dependabot[bot]' } } })],
  ['workflow_run of a fork', 'untrusted', 'workflow_run', writer, run('pull_request', writer, { head_repository: { full_name: 'mallory/app' } })],
  ['workflow_run of a deleted fork', 'untrusted', 'workflow_run', writer, run('push', writer, { head_repository: null })],
  ['workflow_run that says nothing', 'untrusted', 'workflow_run', writer, {}],
] // prettier-ignore

const optIns: readonly Row[] = [
  ['a writer’s comment', 'trusted', 'issue_comment', writer, { comment: { user: writer } }, { access: 'write' }],
  ['an outsider’s comment', 'untrusted', 'issue_comment', outsider, { comment: { user: outsider } }, { access: 'write' }],
  ['an outsider’s comment that a writer edited', 'untrusted', 'issue_comment', writer, { comment: { user: outsider } }, { access: 'write' }],
  ['a writer’s comment where admins are asked for', 'untrusted', 'issue_comment', writer, { comment: { user: writer } }, { access: 'admin' }],
  ['an admin’s comment where admins are asked for', 'trusted', 'issue_comment', mona, { comment: { user: mona } }, { access: 'admin' }],
  ['an issue that a writer labelled', 'trusted', 'issues', writer, { issue: { user: outsider } }, { access: 'write' }],
  ['a fork’s pull request that a writer labelled', 'untrusted', 'pull_request_target', writer, { pull_request: pull(outsider, 'mallory/app') }, { access: 'write' }],
  ['a writer’s pull request from a fork', 'trusted', 'pull_request_target', writer, { pull_request: pull(writer, 'wendy/app') }, { access: 'write' }],
  ['a listed outsider’s comment', 'trusted', 'issue_comment', outsider, { comment: { user: outsider } }, { actors: ['Mallory'] }],
  ['a listed reader’s pull request', 'trusted', 'pull_request', reader, { pull_request: pull(reader) }, { actors: ['rita'] }],
  ['a listed bot’s pull request', 'trusted', 'pull_request', dependabot, { pull_request: pull(dependabot) }, { bots: ['dependabot'] }],
  ['a listed bot’s, labelled by a reader', 'untrusted', 'pull_request', reader, { pull_request: pull(dependabot) }, { bots: ['dependabot[bot]'] }],
  ['another bot’s', 'untrusted', 'pull_request', renovate, { pull_request: pull(renovate) }, { bots: ['dependabot[bot]'] }],
  ['a bot in the list of people', 'untrusted', 'push', renovate, {}, { actors: ['renovate[bot]'] }],
  ['a person in the list of bots', 'untrusted', 'issue_comment', outsider, { comment: { user: outsider } }, { bots: ['mallory'] }],
  ['a bot’s comment where writers are allowed', 'untrusted', 'issue_comment', renovate, { comment: { user: renovate } }, { access: 'write' }],
] // prettier-ignore

describe('credentials are for', () => {
  for (const [what, level, ...args] of rows)
    it(`${what}: ${level === 'trusted' ? 'yes' : 'no'}`, () => assert.equal(levelOf(...args), level))
})

describe('where the workflow allows more, credentials are for', () => {
  for (const [what, level, ...args] of optIns)
    it(`${what}: ${level === 'trusted' ? 'yes' : 'no'}`, () => assert.equal(levelOf(...args), level))
})

describe('a run without credentials', () => {
  const remedyOf = (eventName: string, sender: User, payload: JsonObject): string => {
    const actor = sender.login
    const facts = { eventName, payload: { ...payload, sender }, repository, actor, triggeringActor: actor }
    return trustOf(judgeEvent(facts, nobody), access).remedy ?? ''
  }

  it('is told the line that would give it them', () => {
    assert.match(remedyOf('issue_comment', writer, { comment: { user: writer } }), /add `allowed: write`/)
    assert.match(remedyOf('pull_request', reader, { pull_request: pull(reader) }), /add `allowed-actors: rita`/)
    assert.match(remedyOf('push', dependabot, {}), /add `allowed-bots: dependabot\[bot\]`/)
  })

  it('is one for the author of the pull request that a triggering workflow ran for', () => {
    const payload = { ...run('pull_request', writer, { pull_requests: [{ number: 7 }] }), sender: writer }
    const facts = { eventName: 'workflow_run', payload, repository, actor: 'wendy', triggeringActor: 'wendy' }
    const ruling = judgeEvent(facts, nobody)
    assert.ok('people' in ruling)
    assert.deepEqual(ruling.pullRequests, [7])
    const known = (author: { login: string; type: string }): string =>
      trustOf(withAuthors(ruling, [author], nobody), access).level
    assert.equal(known({ login: 'mona', type: 'User' }), 'trusted')
    assert.equal(known({ login: 'rita', type: 'User' }), 'untrusted')
    assert.equal(known({ login: 'dependabot[bot]', type: 'Bot' }), 'untrusted')
  })
})

describe('a workflow that ran for a pull request which the event does not list', () => {
  const sha = 'a'.repeat(40)
  const payload = { ...run('pull_request', writer, { pull_requests: [], head_branch: 'topic', head_sha: sha }) }
  const facts = {
    eventName: 'workflow_run',
    payload: { ...payload, sender: writer },
    repository,
    actor: 'wendy',
    triggeringActor: 'wendy',
  }

  /** What is decided where GitHub answers so when it is asked for the pull requests of the branch. */
  async function decided(pulls: readonly JsonObject[] | Error, allowed: Partial<Allowed> = {}): Promise<string> {
    const asked: string[] = []
    const api: Api = (route, { username, head, state }) => {
      asked.push(route)
      if (route.endsWith('/permission'))
        return Promise.resolve({ status: 200, headers: {}, data: { permission: access.get(String(username)) } })
      assert.deepEqual([route, head, state], ['GET /repos/{owner}/{repo}/pulls', 'octo:topic', 'all'])
      if (pulls instanceof Error) return Promise.reject(pulls)
      return Promise.resolve({ status: 200, headers: {}, data: pulls })
    }
    const { level } = await decideTrust(
      facts,
      { ...nobody, ...allowed },
      {
        repository: { owner: 'octo', name: 'app' },
        connect: () => Promise.resolve(api),
        signal: new AbortController().signal,
      },
    )
    assert.ok(asked.includes('GET /repos/{owner}/{repo}/pulls'))
    return level
  }
  const closed = (author: JsonObject, at: string): JsonObject => ({ user: author, state: 'closed', head: { sha: at } })

  it('is judged by the authors of those from its branch, whatever the commit says', async () => {
    assert.equal(await decided([]), 'trusted')
    assert.equal(await decided([closed(writer, sha)]), 'trusted')
    assert.equal(await decided([closed(dependabot, sha)]), 'untrusted')
    assert.equal(await decided([closed(reader, sha)]), 'untrusted')
    assert.equal(await decided([{ ...closed(copilot, 'b'.repeat(40)), state: 'open' }]), 'untrusted')
    assert.equal(await decided([closed(dependabot, sha)], { bots: ['dependabot[bot]'] }), 'trusted')
    assert.equal(await decided([closed(dependabot, 'b'.repeat(40))]), 'trusted', 'an old one of the same branch')
  })

  it('is trusted with nothing where GitHub does not tell', async () => {
    assert.equal(await decided(new Error('503')), 'untrusted')
    assert.equal(await decided([{ state: 'open' }]), 'untrusted')
    assert.equal(await decided([closed(writer, sha)], { actors: ['wendy'] }), 'trusted')
    assert.equal(await decided([], { actors: ['wendy'] }), 'trusted')
    assert.equal(await decided([closed(reader, sha)], { actors: ['wendy'] }), 'untrusted')
  })
})
