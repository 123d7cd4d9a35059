import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import type { Deed } from '../../src/core/effect.ts'
import { createApi } from '../../src/github/api.ts'
import { createEffectPerformer, type EffectOptions } from '../../src/github/effects.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'effects-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }

const issue: Deed = { kind: 'issue', identity: '["a","",0]', title: 'Nightly', body: 'Found **3**.', labels: ['ai'] }
const comment: Deed = { kind: 'comment', identity: '["a",0]', on: 1, body: 'Hello @everyone <!-- hidden -->' }
const labels: Deed = { kind: 'labels', on: 1, labels: ['bug', 'area/ui'] }
const close: Deed = { kind: 'close', on: 1 }

describe('what is done on GitHub', () => {
  let github: GithubApi
  const performer = (more: Partial<EffectOptions> = {}, token = 'writes') =>
    createEffectPerformer({
      connect: () => createApi({ apiUrl: github.apiUrl, token }),
      repository: { owner: 'octo', name: 'app' },
      graphqlUrl: github.graphqlUrl,
      isPersonal: false,
      subject: 1,
      refusal: undefined,
      scope: { workflow: 'octo/app/.github/workflows/nightly.yml', job: 'nightly', name: 'nightly' },
      position: { run: 4711, attempt: 1 },
      commit: headSha,
      footer: 'footer',
      redact: (text) => text,
      ...more,
    })
  const run = (deeds: readonly Deed[], more?: Partial<EffectOptions>, token?: string) =>
    performer(more, token).perform(deeds)
  const opened = () => github.issues.filter(({ isPullRequest }) => !isPullRequest)

  beforeEach(async () => {
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      tokens: { writes: bot, reads: { ...bot, write: false } },
    })
  })
  afterEach(async () => {
    await github.close()
    assert.deepEqual(github.violations, [])
  })

  it('is done once, however often the run is repeated', async () => {
    for (let attempt = 1; attempt <= 3; attempt++)
      assert.equal(await run([issue, comment, labels, close], { position: { run: 4711, attempt } }), undefined)
    assert.equal(opened().length, 1)
    assert.equal(opened()[0]?.title, 'Nightly')
    assert.match(opened()[0]?.body ?? '', /attempt=3 .*-->\nFound \*\*3\*\*\.\n\nfooter\n$/)
    assert.deepEqual([...(opened()[0]?.labels ?? [])], ['ai'])
    assert.equal(github.comments.length, 1)
    assert.doesNotMatch(github.comments[0]?.body ?? '', /hidden|[^\u200B]@everyone/)
    assert.deepEqual([...(github.issues[0]?.labels ?? [])], ['bug', 'area/ui'])
    assert.equal(github.issues[0]?.state, 'closed')
  })

  it('updates its issue the next night, comments anew, and leaves the text of a newer run', async () => {
    await run([issue, comment])
    await run([{ ...issue, title: 'Next night' }, comment], { position: { run: 4712, attempt: 1 } })
    await run([{ ...issue, title: 'Too late' }], { position: { run: 4711, attempt: 2 } })
    assert.deepEqual(
      opened().map(({ title }) => title),
      ['Next night'],
    )
    assert.equal(github.comments.length, 2)
  })

  it('opens another issue for another instance, after a person closed it, and where a stranger copied the marker', async () => {
    await run([issue])
    await run([{ ...issue, identity: '["b","",0]' }])
    assert.equal(opened().length, 2)
    for (const each of opened()) each.state = 'closed'
    const body = opened()[0]?.body ?? ''
    github.issues.push({
      number: 90,
      author: { login: 'mallory', type: 'User', write: false },
      isPullRequest: false,
      title: 'Mine',
      body,
      state: 'open',
      labels: new Set(),
    })
    await run([issue])
    assert.deepEqual(
      opened()
        .filter(({ state }) => state === 'open')
        .map(({ title }) => title),
      ['Mine', 'Nightly'],
    )
  })

  it('is done once where the answer to a request got lost', async () => {
    for (const path of [/\/issues$/, /\/comments$/, /\/labels$/]) {
      github.refuse({ method: 'POST', path, times: 1, status: 502, afterwards: true })
    }
    assert.equal(await run([issue, comment, labels]), undefined)
    assert.deepEqual([...(github.issues[0]?.labels ?? [])], ['bug', 'area/ui'])
    assert.equal(opened().length, 1)
    assert.equal(github.comments.length, 1)
  })

  it('leaves one issue where runs race', async () => {
    await Promise.all([1, 2, 3].map((attempt) => run([issue], { position: { run: 4711, attempt } })))
    await run([issue], { position: { run: 4711, attempt: 4 } })
    assert.equal(opened().filter(({ state }) => state === 'open').length, 1)
  })

  it('says which permission is missing, and does nothing for an event that is not trusted', async () => {
    assert.match((await run([issue], {}, 'reads')) ?? '', /403 .*`permissions: issues: write`/)
    assert.equal(performer({ refusal: 'a stranger' }).refusal, 'a stranger')
    assert.match(performer({ connect: undefined }).refusal ?? '', /`github-token`/)
    assert.match((await run([{ ...comment, on: 404 }])) ?? '', /404 .*none of this number/)
    assert.equal(opened().length + github.comments.length, 0)
  })
})
