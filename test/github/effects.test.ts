import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import type { Deed } from '../../src/core/effect.ts'
import { createApi } from '../../src/github/api.ts'
import type { EffectOptions } from '../../src/github/effect-options.ts'
import { createEffectPerformer } from '../../src/github/effects.ts'
import { createRepository, git } from '../rig/git-repository.ts'
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
      branch: 'main',
      headBranch: undefined,
      refusal: undefined,
      scope: { workflow: 'octo/app/.github/workflows/nightly.yml', job: 'nightly', name: 'nightly' },
      position: { run: 4711, attempt: 1 },
      commit: headSha,
      footer: 'footer',
      redact: (text) => text,
      ...more,
    })
  const run = async (deeds: readonly Deed[], more?: Partial<EffectOptions>, token?: string) =>
    (await performer(more, token).perform(deeds)).problem
  const opened = () => github.issues.filter(({ isPullRequest }) => !isPullRequest)

  beforeEach(async () => {
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 1, baseSha, headSha, headRepository: 'octo/app' },
      tokens: { writes: bot, reads: { ...bot, write: false } },
      permissions: { mona: 'write', nobody: 'none' },
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

  describe('as the run of a workflow', () => {
    const dispatch: Deed = {
      kind: 'dispatch',
      identity: '["ship",0]',
      workflow: 'deploy.yml',
      ref: undefined,
      inputs: { env: 'test' },
      mark: 'request',
    }
    beforeEach(() => {
      const own = { id: 4711, attempt: 1, event: 'schedule', headSha, headBranch: 'main', headRepository: 'octo/app' }
      github.runs.push({
        ...own,
        workflow: '.github/workflows/nightly.yml',
        status: 'in_progress',
        conclusion: null,
        artifacts: [],
      })
    })
    const unmarked: Deed = { ...dispatch, mark: undefined }

    it('is started once, however often the run is repeated, and again by the next run', async () => {
      const { done } = await performer().perform([dispatch])
      assert.deepEqual(done, [{ kind: 'dispatch', number: 7000, url: 'https://github.com/octo/app/actions/runs/7000' }])
      assert.equal(github.workflowRuns[0]?.ref, 'main')
      assert.equal(github.workflowRuns[0]?.inputs['env'], 'test')
      for (const attempt of [2, 3]) {
        const again = await performer({ position: { run: 4711, attempt } }).perform([dispatch])
        assert.deepEqual(again.done, done)
      }
      assert.equal((await performer().perform([dispatch], true)).done[0]?.number, 7000)
      assert.equal(github.workflowRuns.length, 1)
      assert.equal(await run([dispatch], { position: { run: 4712, attempt: 1 } }), undefined)
      assert.equal(github.workflowRuns.length, 2)
    })

    it('is started once where the answer got lost', async () => {
      github.refuse({ method: 'POST', path: /\/dispatches$/, times: 1, status: 502, afterwards: true })
      assert.equal(await run([dispatch]), undefined)
      github.accept()
      github.refuse({ method: 'POST', path: /\/dispatches$/, times: 1, status: 502 })
      assert.equal(await run([{ ...dispatch, identity: '["ship",1]' }]), undefined)
      assert.equal(github.workflowRuns.length, 2)
    })

    it('is for a person to look at where it cannot be told whether an earlier attempt has', async () => {
      assert.equal(await run([unmarked], { position: { run: 4711, attempt: 2 } }), undefined)
      assert.match(
        (await run([unmarked], { position: { run: 4711, attempt: 3 } })) ?? '',
        /an earlier attempt may have started it \(https:.*7000\): give `dispatch` a `mark`/,
      )
      assert.equal(github.workflowRuns.length, 1)
    })

    it('says what is missing', async () => {
      assert.match((await run([{ ...dispatch, workflow: 'unknown.yml' }])) ?? '', /404 .*no such workflow/)
      assert.match((await run([dispatch], {}, 'reads')) ?? '', /`permissions: actions: write`/)
      assert.match((await run([dispatch], { branch: undefined })) ?? '', /name one in `ref`/)
      assert.equal(github.workflowRuns.length, 0)
    })
  })

  it('closes an issue that nobody has touched for so long, once a run has nothing to say of it', async () => {
    await run([issue])
    const expire: Deed = { kind: 'expire', identity: issue.identity, afterMs: 3 * 86_400_000 }
    const later = { position: { run: 4712, attempt: 1 } }
    await run([{ ...expire, afterMs: 1e15 }], later)
    await run([{ ...expire, identity: '["b","",0]' }], later)
    await run([expire], { position: { run: 4710, attempt: 1 } })
    assert.equal(opened()[0]?.state, 'open')
    assert.equal(await run([expire], later), undefined)
    assert.equal(opened()[0]?.state, 'closed')
  })

  describe('as a commit', () => {
    const change = {
      parent: baseSha,
      files: [
        { path: 'src/new.ts', mode: '100755', text: 'é\n' },
        { path: 'a', mode: null, text: '' },
      ],
    } as const
    const pull: Deed = {
      kind: 'pull-request',
      identity: '["fix"]',
      title: 'Fix',
      body: 'By hand.',
      branch: undefined,
      base: undefined,
      labels: ['ai'],
      draft: true,
      change,
    }
    const branch = 'orchestrator/nightly/fix'
    const at = (ref: string): string => git(origin, 'rev-parse', `refs/heads/${ref}`).trim()
    afterEach(() => {
      for (const ref of git(
        origin,
        'for-each-ref',
        '--format=%(refname)',
        'refs/heads/orchestrator',
        'refs/heads/topic',
      ).split('\n'))
        if (ref !== '') git(origin, 'update-ref', '-d', ref)
    })

    it('becomes one branch and one pull request, updated by the next run', async () => {
      assert.equal(await run([pull]), undefined)
      assert.deepEqual(github.pulls, [{ number: 2, branch, base: 'main', draft: true, reviewers: new Set() }])
      assert.equal(
        git(origin, 'diff', '--raw', '--abbrev=7', baseSha, branch).replaceAll(/ [0-9a-f]{7}\b/g, ''),
        ':100644 000000 D\ta\n:000000 100755 A\tsrc/new.ts\n',
      )
      assert.equal(git(origin, 'show', `${branch}:src/new.ts`), 'é\n')
      const first = at(branch)
      assert.equal(await run([pull], { position: { run: 4711, attempt: 2 } }), undefined)
      assert.equal(at(branch), first)
      const other = { ...change, files: [{ path: 'b', mode: '100644', text: 'b\n' }] } as const
      assert.equal(
        await run([{ ...pull, title: 'Fix more', change: other }], { position: { run: 4712, attempt: 1 } }),
        undefined,
      )
      assert.equal(github.pulls.length, 1)
      assert.equal(github.issues.at(-1)?.title, 'Fix more')
      assert.deepEqual([...(github.issues.at(-1)?.labels ?? [])], ['ai'])
      assert.equal(git(origin, 'show', `${branch}:b`), 'b\n')
    })

    it('mentions nobody and closes nothing by its title, which becomes a commit message', async () => {
      const title = `Fix @octocat's GH-7, closes #12, fixes octo/app#3, resolves https://github.com/octo/app/issues/4 ${'#1'.repeat(85)}`
      assert.equal(
        await run([
          { ...pull, title },
          { ...issue, title },
        ]),
        undefined,
      )
      const titles = [
        ...github.issues.slice(-2).map((each) => each.title),
        git(origin, 'log', '-1', '--format=%s', branch),
      ]
      for (const shown of titles) {
        assert.doesNotMatch(shown, /@\w|#\d|GH-\d|issues\/\d/)
        assert.match(
          shown.replaceAll('\u200B', ''),
          /^Fix @octocat's GH-7, closes #12, fixes octo\/app#3, resolves https:\/\/github\.com\/octo\/app\/issues\/4 #1/,
        )
      }
    })

    it('is done once whichever answer gets lost', async () => {
      for (const [method, path] of [
        ['POST', /\/git\/trees$/],
        ['POST', /\/git\/commits$/],
        ['POST', /\/git\/refs$/],
        ['POST', /\/pulls$/],
        ['POST', /\/labels$/],
      ] as const) {
        github.refuse({ method, path, times: 1, status: 502, afterwards: true })
        assert.equal(await run([pull]), undefined, String(path))
        github.accept()
      }
      assert.equal(github.pulls.length, 1)
      assert.equal(git(origin, 'rev-list', '--count', `${baseSha}..${branch}`).trim(), '1')
    })

    it('leaves a branch on which somebody else has committed', async () => {
      git(origin, 'update-ref', `refs/heads/${branch}`, headSha)
      assert.match((await run([pull])) ?? '', /last commit of the branch .* is somebody else's/)
      assert.equal(at(branch), headSha)
      assert.match((await run([{ ...pull, branch: 'main' }])) ?? '', /is the one it would be for/)
      assert.match((await run([pull], { branch: undefined })) ?? '', /name one in `base`/)
      assert.equal(github.pulls.length, 0)
    })

    it('asks its reviewers once, and nobody who cannot be one', async () => {
      const asking = { ...pull, reviewers: ['mona'], teamReviewers: ['core'] }
      assert.equal(await run([asking]), undefined)
      assert.deepEqual([...(github.pulls[0]?.reviewers ?? [])], ['mona', 'core'])
      const requests = () => github.requests.filter(({ url }) => url.endsWith('/requested_reviewers')).length
      assert.equal(await run([asking], { position: { run: 4712, attempt: 1 } }), undefined)
      assert.equal(requests(), 1)
      const stranger = { ...asking, identity: '["b"]', reviewers: ['nobody'] }
      assert.match((await run([stranger])) ?? '', /nobody cannot be asked for a review/)
      assert.equal(github.pulls.length, 1)
    })

    it('is of the newer of two runs at once, whichever is faster', async () => {
      const older = { position: { run: 4711, attempt: 1 } }
      const newer = { position: { run: 4712, attempt: 1 } }
      const other = {
        ...pull,
        title: 'Newer',
        change: { ...change, files: [{ path: 'n', mode: '100644', text: 'n\n' }] },
      } as const
      for (const [one, two] of [
        [() => run([pull], older), () => run([other], newer)],
        [() => run([other], newer), () => run([pull], older)],
      ] as const) {
        assert.deepEqual(await Promise.all([one(), two()]), [undefined, undefined])
        assert.equal(github.pulls.length, 1)
        assert.equal(git(origin, 'show', `${branch}:n`), 'n\n')
      }
      await run([pull], older)
      assert.equal(github.issues.at(-1)?.title, 'Newer')
      assert.equal(git(origin, 'rev-list', '--count', `${baseSha}..${branch}`).trim(), '1')
    })

    it('does not move a branch that somebody else has moved meanwhile', async () => {
      assert.equal(await run([pull]), undefined)
      // Between the look at the branch and its move.
      const theirs = github.seen(
        ({ method, url }) => method === 'POST' && url.endsWith('/git/commits') && github.requests.length > 0,
        1,
      )
      await theirs
      const pending = run([{ ...pull, change: { ...change, files: [{ path: 'c', mode: '100644', text: 'c\n' }] } }], {
        position: { run: 4712, attempt: 1 },
      })
      const count = github.requests.length
      await github.seen((each) => github.requests.indexOf(each) >= count && each.url.endsWith('/git/trees'), 10_000)
      git(origin, 'update-ref', `refs/heads/${branch}`, headSha)
      assert.match((await pending) ?? '', /last commit of the branch .* is somebody else's/)
      assert.equal(at(branch), headSha)
    })

    it('becomes one commit on the branch of the pull request, where that has not moved', async () => {
      git(origin, 'update-ref', 'refs/heads/topic', headSha)
      const push: Deed = {
        kind: 'push',
        identity: '["format"]',
        title: 'Format',
        change: { ...change, parent: headSha },
      }
      assert.equal(await run([push], { headBranch: 'topic' }), undefined)
      assert.equal(git(origin, 'rev-list', '--count', `${headSha}..topic`).trim(), '1')
      const done = at('topic')
      assert.equal(await run([push], { headBranch: 'topic' }), undefined)
      assert.equal(at('topic'), done)
      git(origin, 'update-ref', 'refs/heads/topic', baseSha)
      assert.match((await run([push], { headBranch: 'topic' })) ?? '', /stands at .* check out/)
      assert.match((await run([push])) ?? '', /no pull request whose branch is in this repository/)
      const bounded = { ...push, branches: [['topic'], ['fix/*']] }
      assert.match((await run([bounded], { headBranch: 'topic' })) ?? '', /topic is not among the `branches`/)
    })
  })

  it('says which permission is missing, and does nothing for an event that is not trusted', async () => {
    assert.match((await run([issue], {}, 'reads')) ?? '', /403 .*`permissions: issues: write`/)
    assert.equal(performer({ refusal: 'a stranger' }).refusal, 'a stranger')
    assert.match(performer({ connect: undefined }).refusal ?? '', /`github-token`/)
    assert.match((await run([{ ...comment, on: 404 }])) ?? '', /404 .*none of this number/)
    assert.equal(opened().length + github.comments.length, 0)
  })
})
