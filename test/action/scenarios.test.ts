import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import type { Refusal } from '../rig/github-api.ts'
import type { Stage, StepOptions } from '../rig/step-runner.ts'
import { openProject, readToken, skip, writeToken, type Project } from './project.ts'

const file = `
name: checked
instances:
  lint:
    run: |
      echo '{"findings":[]}'
report: { check: true }
`
/** Says whether it was given the key of the job. */
const key = `
name: key
instances:
  reads:
    run: echo "given=\${ANTHROPIC_API_KEY:+yes}" >> "$ORCHESTRATOR_OUTPUT"
    secrets: [ANTHROPIC_API_KEY]
`
const fault = /issues\/(?:1\/)?comments/

/** What GitHub does to the comment, and what comes of it: how many comments there are, and what a warning says. */
const faults: readonly (readonly [string, readonly Refusal[], number, RegExp | undefined])[] = [
  ['401 for the list', [{ status: 401, path: fault, message: 'Bad credentials' }], 0, /401 .*not a valid token/],
  [
    '403 for the comment',
    [{ status: 403, path: fault, method: 'POST', message: 'Resource not accessible by integration' }],
    0,
    /pull-requests: write/,
  ],
  [
    '403 for a locked conversation',
    [{ status: 403, path: fault, method: 'POST', message: 'Unable to create comment because issue is locked.' }],
    0,
    /locked.*unlock it/,
  ],
  [
    '403 for a limit that lasts',
    [
      {
        status: 403,
        path: fault,
        headers: { 'retry-after': '3600' },
        message: 'You have exceeded a secondary rate limit.',
      },
    ],
    0,
    /too many requests/,
  ],
  [
    '404 for the pull request',
    [{ status: 404, path: fault, message: 'Not Found' }],
    0,
    /does not see this pull request/,
  ],
  ['409', [{ status: 409, path: fault, method: 'POST', message: 'Conflict' }], 0, /409 Conflict/],
  [
    '422 for the body',
    [{ status: 422, path: fault, method: 'POST', message: 'Body is too long' }],
    0,
    /422 Body is too long/,
  ],
  [
    '429 once, with a time to wait',
    [{ status: 429, path: fault, times: 1, headers: { 'retry-after': '0' } }],
    1,
    undefined,
  ],
  ['429 twice, without one', [{ status: 429, path: fault, times: 2 }], 1, undefined],
  ['500, then an answer', [{ status: 500, path: fault, times: 1 }], 1, undefined],
  [
    '502 for a comment that was made',
    [{ status: 502, path: fault, method: 'POST', times: 1, afterwards: true }],
    1,
    undefined,
  ],
  ['502 for a comment that was not made', [{ status: 502, path: fault, method: 'POST', times: 1 }], 1, undefined],
  ['503 for every comment', [{ status: 503, path: fault, method: 'POST' }], 0, /503/],
  ['a connection lost while it lists', [{ status: 0, path: fault, method: 'GET', times: 1 }], 1, undefined],
  [
    'a connection lost after the comment was made',
    [{ status: 0, path: fault, method: 'POST', times: 1, afterwards: true }],
    1,
    undefined,
  ],
  ['a connection lost before it was made', [{ status: 0, path: fault, method: 'POST', times: 1 }], 1, undefined],
]

const user = (login: string) => ({ login, type: 'User' })
const pullRequest = (login: string, from = 'octo/app') => ({
  number: 1,
  user: user(login),
  head: { sha: 'a'.repeat(40), ref: 'topic', repo: { full_name: from } },
  base: { sha: '', ref: 'main' },
})
const comment = (login: string) => ({
  action: 'created',
  issue: { number: 1, pull_request: {}, user: user('Codertocat') },
  comment: { user: user(login), body: '/review' },
  sender: user(login),
})

/** Events, who causes them, and whether the key of the job reaches an instance; undefined where the run asks for more than that. */
const events: readonly (readonly [string, string, object, boolean])[] = [
  ['push', 'mona', {}, true],
  ['workflow_dispatch', 'mona', {}, true],
  ['repository_dispatch', 'mona', {}, true],
  ['schedule', 'mona', {}, true],
  ['merge_group', 'github-merge-queue[bot]', {}, true],
  ['release', 'mona', {}, true],
  ['push', 'dependabot[bot]', { sender: { login: 'dependabot[bot]', type: 'Bot' } }, false],
  ['issues', 'mallory', { issue: { number: 3, user: user('mallory') }, sender: user('mallory') }, false],
  ['issue_comment', 'mallory', comment('mallory'), false],
  ['issue_comment', 'mona', comment('mona'), false],
  ['discussion', 'mallory', { sender: user('mallory') }, false],
  ['watch', 'mallory', { sender: user('mallory') }, false],
  ['an_event_of_tomorrow', 'mona', { sender: user('mona') }, false],
  [
    'workflow_run',
    'mona',
    {
      workflow_run: { event: 'push', head_repository: { full_name: 'octo/app' }, actor: user('mona') },
      sender: user('mona'),
    },
    true,
  ],
  [
    'workflow_run',
    'mallory',
    {
      workflow_run: { event: 'pull_request', head_repository: { full_name: 'mallory/app' }, actor: user('mallory') },
      sender: user('mallory'),
    },
    false,
  ],
  [
    'pull_request_target',
    'mallory',
    { pull_request: pullRequest('mallory', 'mallory/app'), sender: user('mallory') },
    false,
  ],
  ['pull_request', 'mallory', { pull_request: pullRequest('mallory', 'mallory/app'), sender: user('mallory') }, false],
  ['pull_request', 'mona', { pull_request: pullRequest('mona'), sender: user('mona') }, true],
]

/** What a program may print, and what must not come of it. */
const texts: readonly (readonly [string, string, (stage: Stage) => void])[] = [
  ['set-output', '::set-output name=result::failure', ({ outputs }) => assert.equal(outputs['result'], 'success')],
  [
    'an error of the runner',
    '##[error]owned',
    ({ reading }) =>
      assert.deepEqual(
        reading.annotations.filter(({ name }) => name === 'error'),
        [],
      ),
  ],
  ['add-mask', '::add-mask::success', ({ outputs }) => assert.equal(outputs['result'], 'success')],
  ['stop-commands', '::stop-commands::x', ({ outputs }) => assert.equal(outputs['result'], 'success')],
  [
    'a marker of ours',
    '<!-- orchestrator:key run=9 attempt=1 commit=c0ffee -->',
    ({ outputs }) => assert.match(outputs['comment-url'] ?? '', /issuecomment/),
  ],
]

describe('a step of a workflow', { skip, timeout: 600_000 }, () => {
  let project: Project
  before(async () => {
    project = await openProject(
      { '.github/orchestrator.yml': file, 'key.yml': key, 'a.txt': '1\n' },
      { 'a.txt': '2\n' },
    )
  })
  after(() => project.close())
  afterEach(() => {
    project.github.accept()
    project.results.recover()
    project.github.comments.splice(0)
    project.github.checkRuns.splice(0)
  })
  const single = (command: string, inputs: Readonly<Record<string, string>> = {}, more: Partial<StepOptions> = {}) =>
    project.run({ mode: 'single', command, ...inputs }, more)
  const warnings = ({ reading }: Stage): string =>
    reading.annotations
      .filter(({ name }) => name === 'warning')
      .map(({ data }) => data)
      .join('\n')

  for (const [name, refusals, comments, warning] of faults)
    it(`where GitHub answers ${name}`, async () => {
      for (const refusal of refusals) project.github.refuse(refusal)
      const { main, post } = await single('echo hello')
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(post.exitCode, 0, post.output)
      assert.equal(main.outputs['result'], 'success')
      assert.match(main.summary ?? '', /success/)
      assert.equal(project.github.comments.length, comments)
      if (warning === undefined) assert.equal(warnings(main), '')
      else assert.match(warnings(main), warning)
      assert.equal(project.results.artifacts.length > 0, true)
    })

  it('where a person deletes the comment between two looks at it', async () => {
    await single('echo one')
    project.github.refuse({ status: 404, path: fault, method: 'PATCH', times: 1, message: 'Not Found' })
    const { main } = await single('echo two')
    assert.equal(warnings(main), '')
    assert.equal(project.github.comments.length, 1)
  })

  it('where there are 300 comments already', async () => {
    for (let count = 0; count < 300; count++)
      project.github.addComment({ login: 'mona', type: 'User', write: true }, `comment ${count}`)
    await single('echo one')
    await single('echo two')
    assert.equal(project.github.comments.length, 301)
  })

  it('whose token may only read, and whose token is missing', async () => {
    const { main } = await single('echo hello', { 'github-token': readToken })
    assert.match(warnings(main), /403 .*may not write comments/)
    const without = await single('echo hello', { 'github-token': '' })
    assert.match(warnings(without.main), /there is no `github-token`/)
    assert.equal(main.exitCode, 0)
  })

  it('where the results service is down, and where all of GitHub is', async () => {
    project.results.breakDown(403)
    const { main } = await single('echo hello')
    assert.equal(main.exitCode, 0, main.output)
    assert.match(warnings(main), /artifact|403/i)
    assert.equal(project.github.comments.length, 1)
    project.github.refuse({ status: 401, message: 'Bad credentials' })
    const all = await single('echo hello')
    assert.equal(all.main.outputs['result'], 'success')
    assert.match(all.main.summary ?? '', /success/)
  })

  for (const [name, status, afterwards] of [
    ['403', 403, false],
    ['422', 422, false],
    ['502 after it was made', 502, true],
    ['a lost connection after it was made', 0, true],
  ] as const)
    it(`whose check run GitHub answers with ${name}`, async () => {
      project.github.refuse({ status, path: /check-runs/, method: 'POST', times: 1, afterwards })
      const { main } = await project.run()
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(project.github.checkRuns.length, afterwards ? 1 : 0)
      if (afterwards) assert.equal(project.github.checkRuns[0]?.conclusion, 'success')
      else assert.match(warnings(main), new RegExp(`check run could not be written \\(${status} `))
    })

  for (const [event, actor, payload, trusted] of events)
    it(`of a ${event} event caused by ${actor}${'pull_request' in payload ? `, ${JSON.stringify(payload).includes('mallory/app') ? 'from a fork' : 'from here'}` : ''}`, async () => {
      const named = JSON.parse(JSON.stringify(payload).replace('"sha":""', `"sha":"${project.repository.baseSha}"`))
      const secret = 'sk-ant-aaaaaaaaaaaaaaaaaaaaaaaa'
      const { main } = await project.run(
        { config: 'key.yml' },
        { event: { name: event, payload: named }, actor, environment: { ANTHROPIC_API_KEY: secret } },
      )
      assert.ok([0, 1].includes(main.exitCode ?? -1), main.output)
      const { reads } = JSON.parse(main.outputs['outputs'] ?? '{}')
      assert.equal(reads?.given === 'yes', trusted, main.output)
      assert.ok(!main.output.includes(secret))
    })

  for (const [name, text, check] of texts)
    it(`whose program prints ${name}`, async () => {
      const { main } = await single(`printf '%s\\n' ${JSON.stringify(text)}`)
      assert.equal(main.exitCode, 0, main.output)
      check(main)
      assert.equal(project.github.comments.length, 1)
      assert.equal((project.github.comments[0]?.body.match(/^<!-- orchestrator:/gm) ?? []).length, 1)
    })

  it('whose program prints 3 MiB, and its token in pieces', async () => {
    const halves = [writeToken.slice(0, 20), writeToken.slice(20)]
    const { main } = await single(
      `yes 'a line of text' | head -c 3145728; printf '%s' ${halves[0]}; sleep 0.2; printf '%s\\n' ${halves[1]}; printf '%s' ${writeToken} | base64`,
    )
    assert.equal(main.exitCode, 0)
    assert.ok(Buffer.byteLength(main.summary ?? '') < 1024 * 1024)
    for (const text of [
      main.output,
      main.summary ?? '',
      JSON.stringify(main.outputs),
      ...project.github.requests.map(({ body }) => body),
    ]) {
      assert.ok(!text.includes(writeToken))
      assert.ok(!text.includes(Buffer.from(writeToken).toString('base64').slice(0, 40)))
    }
  })
})
