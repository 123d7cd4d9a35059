import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { readContext, type GithubContext } from '../../src/github/context.ts'
import { pullRequestEvent } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'context-'))
after(() => rmSync(directory, { recursive: true }))

const [baseSha, headSha, sha] = ['b'.repeat(40), 'a'.repeat(40), 'c'.repeat(40)]

function contextOf(eventName: string, payload: object, environment: Record<string, string> = {}): GithubContext {
  const path = join(directory, 'event.json')
  writeFileSync(path, JSON.stringify(payload))
  const base = { GITHUB_EVENT_NAME: eventName, GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: 'octo/app', GITHUB_SHA: sha }
  return readContext({ ...base, GITHUB_ACTOR: 'mona', GITHUB_TOKEN: 'ghs_secret', ...environment }, '/here')
}

const pull = (headRepository = 'octo/app'): object =>
  pullRequestEvent({
    repository: 'octo/app',
    origin: '',
    tokens: {},
    pullRequest: { number: 7, baseSha, headSha, headRepository },
  })

describe('the context of a step', () => {
  it('knows the pull request and obeys its base commit', () => {
    const context = contextOf('pull_request', pull())
    assert.equal(context.pullRequest?.number, 7)
    assert.equal(context.pullRequest?.headSha, headSha)
    assert.equal(context.configCommit, baseSha)
  })

  it('obeys the commit of an event that anyone can cause, known or not', () => {
    const comment = { issue: { number: 7, pull_request: { url: 'x' }, user: { login: 'mallory' } } }
    assert.equal(contextOf('issue_comment', comment).pullRequest?.number, 7)
    for (const event of [
      'issue_comment',
      'issues',
      'workflow_run',
      'discussion',
      'fork',
      'watch',
      'gollum',
      'next_year',
    ])
      assert.equal(contextOf(event, comment).configCommit, sha, event)
  })

  it('obeys the working tree of what needs write access', () => {
    for (const event of ['push', 'schedule', 'workflow_dispatch', 'merge_group']) {
      const context = contextOf(event, {})
      assert.equal(context.configCommit, undefined, event)
      assert.equal(context.pullRequest, undefined)
    }
  })

  it('is no place for the token', () => {
    assert.doesNotMatch(JSON.stringify(contextOf('push', {})), /ghs_secret/)
  })

  it('says so when the payload is broken', () => {
    assert.throws(() => readContext({ GITHUB_EVENT_PATH: join(directory, 'nothing.json') }, '/'), /cannot be read/)
    assert.throws(() => contextOf('pull_request', {}), /names no base commit/)
  })

  it('works outside of Actions', () => {
    const context = readContext({}, '/here')
    assert.equal(context.workspace, '/here')
    assert.equal(context.repository, undefined)
    assert.equal(context.event.eventName, '')
  })
})
