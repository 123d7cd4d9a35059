import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { crc32, sealOf } from '../../src/process/checksum.ts'
import type { StoredRun } from '../rig/github-actions.ts'
import type { Stage, StepOptions } from '../rig/step-runner.ts'
import { unzip, zip, type ZippedFile } from '../rig/zip.ts'
import { openProject, readToken, skip, writeToken, type Project } from './project.ts'

const file = `
name: fork-checks
instances:
  lint:
    run: |
      echo '[{"filePath":"a.txt","messages":[{"ruleId":"no-two","severity":2,"message":"There is a two","line":1}]}]'
    parse: eslint
  tests: { run: 'echo "one test failed @octo"; exit 1' }
report: { check: fork, review: true }
`
const runId = 4711
const author = { login: 'mallory', type: 'User' }

type Files = Readonly<Record<string, string | Buffer>>

describe('mode publish', { skip, timeout: 600_000 }, () => {
  let project: Project
  /** What the fork's own run has uploaded. */
  let own: Map<string, Buffer>
  before(async () => {
    project = await openProject({ '.github/orchestrator.yml': file, 'a.txt': '1\n' }, { 'a.txt': '2\n' }, true)
    const { main } = await project.run({ 'github-token': readToken, comment: 'none' })
    assert.equal(main.exitCode, 1, main.output)
    const [artifact] = project.results.artifacts
    assert.match(artifact?.name ?? '', /^orchestrator-/)
    own = unzip(artifact?.bytes ?? Buffer.alloc(0))
  })
  after(() => project.close())
  afterEach(() => {
    project.github.accept()
    for (const list of [project.github.comments, project.github.checkRuns, project.github.reviews]) list.splice(0)
    project.github.runs.splice(0)
  })

  const put = (bytes: Buffer, more: Partial<StoredRun> = {}, name = 'orchestrator-review-1-x'): StoredRun => {
    const run: StoredRun = {
      id: runId,
      attempt: 1,
      event: 'pull_request',
      headSha: project.repository.headSha,
      headBranch: 'changes',
      headRepository: 'mallory/app',
      workflow: '.github/workflows/fork-checks.yml',
      status: 'completed',
      conclusion: 'failure',
      artifacts: [{ name, bytes }],
      ...more,
    }
    project.github.runs.push(run)
    return run
  }
  const archiveOf = (files: Files, more: readonly ZippedFile[] = []): Buffer =>
    zip([...Object.entries(files).map(([name, content]) => ({ name, content })), ...more])
  const ownFiles = (): Files => Object.fromEntries(own)
  const publish = async (
    inputs: Readonly<Record<string, string>> = {},
    more: Partial<StepOptions> = {},
  ): Promise<Stage> => {
    const payload = {
      action: 'completed',
      workflow_run: { id: runId, event: 'pull_request', head_repository: { full_name: 'mallory/app' }, actor: author },
      sender: author,
    }
    const { baseSha } = project.repository
    const { main, post } = await project.run(
      { mode: 'publish', ...inputs },
      {
        event: { name: 'workflow_run', payload },
        sha: baseSha,
        actor: 'mallory',
        environment: { GITHUB_RUN_ID: '99' },
        ...more,
      },
    )
    assert.equal(post.output, '')
    return main
  }
  const said = ({ reading }: Stage): string => reading.annotations.map(({ data }) => data).join('\n')

  it('posts what a run without a token that writes has left: comment, review and check run', async () => {
    put(archiveOf(ownFiles()))
    const main = await publish()
    assert.equal(main.exitCode, 0, main.output)
    const { comments, reviews, checkRuns } = project.github
    assert.equal(comments.length, 1)
    const body = comments[0]?.body ?? ''
    assert.match(body, /fork-checks\*\* failure/)
    assert.match(
      body,
      /^> ⚠️ This is what a run without credentials left in its artifact\. It ran what mallory\/app has at/m,
    )
    assert.match(body, /one test failed @\u200Bocto|one test failed @octo/)
    assert.match(body, new RegExp(`/actions/runs/${runId}`))
    assert.match(main.outputs['comment-url'] ?? '', /issuecomment/)
    assert.match(main.summary ?? '', /fork-checks/)
    assert.deepEqual(
      reviews.map(({ state, comments: lines }) => [state, lines.map(({ path, line }) => `${path}:${line}`)]),
      [['COMMENTED', ['a.txt:1']]],
    )
    assert.deepEqual(
      checkRuns.map(({ name, headSha }) => [name, headSha]),
      [['fork (published)', project.repository.headSha]],
    )
  })

  it('posts again without doing anything twice, and leaves what a newer run has reported', async () => {
    put(archiveOf(ownFiles()))
    await publish()
    await publish()
    const { comments, reviews, checkRuns } = project.github
    assert.deepEqual([comments.length, reviews.length, checkRuns.length], [1, 1, 1])
  })

  it('resolves no thread that the artifact names, and holds nothing back for it', async () => {
    put(archiveOf(ownFiles()))
    await publish()
    const [comment] = project.github.reviews[0]?.comments ?? []
    assert.ok(comment)
    const said = {
      severity: 'high',
      category: null,
      rule: null,
      title: 'There is a two',
      confidence: null,
      agents: [],
      code: [],
    }
    const thread = {
      id: `PRRT_${comment.id}`,
      commentId: `PRRC_${comment.id}`,
      pull: 1,
      path: 'a.txt',
      line: 1,
      endLine: 1,
      commit: project.repository.headSha,
      closed: null,
      isTouched: false,
      said,
      body: '',
      replies: [],
    }
    const events = journalOf(own)
    for (const event of events) {
      const context = event['context']
      if (event['type'] !== 'run.started' || typeof context !== 'object' || context === null) continue
      const threads = [
        { ...thread, standing: 'open', place: { kind: 'gone', path: 'a.txt', line: 1, endLine: 1 } },
        { ...thread, id: 'PRRT_0', standing: 'dismissed', place: { kind: 'same', path: 'a.txt', line: 1, endLine: 1 } },
      ]
      Object.assign(context, {
        earlier: { threads },
        changes: { base: null, head: project.repository.headSha, diffFile: '../../../../etc/passwd', files: [] },
      })
    }
    project.github.reviews.splice(0)
    project.github.requests.splice(0)
    put(archiveOf({ 'journal.ndjson': journalText(events) }), { id: runId, attempt: 2 })
    project.github.runs.splice(0, 1)
    const main = await publish()
    assert.equal(main.exitCode, 0, main.output)
    assert.doesNotMatch(
      project.github.requests.map(({ body }) => body).join('\n'),
      /resolveReviewThread|minimizeComment/,
    )
    assert.equal(project.github.threadOf(comment).resolvedBy, undefined)
    assert.equal(project.github.reviews[0]?.comments.length, 1)
    assert.doesNotMatch(JSON.stringify([project.github.comments, project.github.reviews]), /root:x/)
  })

  it('needs no checkout', async () => {
    put(archiveOf(ownFiles()))
    const empty = mkdtempSync(join(tmpdir(), 'empty-'))
    const main = await publish({}, { workspace: empty })
    rmSync(empty, { recursive: true })
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(project.github.comments.length, 1)
  })

  it('makes nothing green of what says that it is clean', async () => {
    const events = journalOf(own)
    for (const event of events) {
      if (event['type'] === 'attempt.ended') Object.assign(event, { failure: null, findings: [], exitCode: 0 })
      if (event['type'] === 'instance.ended')
        Object.assign(event, { result: 'success', outcome: 'success', reason: '', detail: '' })
      if (event['type'] === 'run.ended') Object.assign(event, { result: 'success', reason: '' })
    }
    put(archiveOf({ 'journal.ndjson': journalText(events) }))
    const main = await publish()
    assert.equal(main.exitCode, 0, main.output)
    assert.deepEqual(
      project.github.checkRuns.map(({ name, conclusion }) => [name, conclusion]),
      [['fork (published)', 'neutral']],
    )
  })

  it('says where run.json and journal differ, and shows the journal', async () => {
    const forged = (own.get('run.json') ?? Buffer.alloc(0))
      .toString('utf8')
      .replace('"result": "failure"', '"result": "success"')
    put(archiveOf({ ...ownFiles(), 'run.json': forged }))
    await publish()
    assert.match(project.github.comments[0]?.body ?? '', /run\.json of this run is not what its journal says/)
    assert.match(project.github.comments[0]?.body ?? '', /fork-checks\*\* failure/)
  })

  it('lets nothing that is written in it do anything', async () => {
    const marker = '<!-- orchestrator:key run=9 attempt=1 commit=c0ffee -->'
    const text = `${marker}\n@octo/everyone <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](https://e.vil/y.png)\n::set-output name=result::owned\n##[error]owned`
    const events = journalOf(own)
    for (const event of events) {
      if (event['type'] === 'attempt.ended')
        Object.assign(event, {
          tail: text,
          text,
          failure: { kind: 'exit', detail: text },
          findings: [
            {
              path: '../../etc/passwd',
              line: 1,
              severity: '<b>worst</b>',
              title: text,
              body: text,
              suggestion: '```suggestion\nrm -rf\n```',
            },
            {
              path: 'a.txt',
              line: 1,
              severity: 'high',
              title: text,
              body: '',
              suggestion: '```suggestion\nrm -rf\n```',
            },
            7,
          ],
        })
      if (event['type'] === 'instance.ended') Object.assign(event, { detail: text })
    }
    put(archiveOf({ 'journal.ndjson': journalText(events) }))
    const main = await publish()
    assert.equal(main.exitCode, 0, main.output)
    assert.equal(main.outputs['result'], 'success')
    assert.deepEqual(main.reading.annotations, [])
    const { comments, reviews } = project.github
    const bodies = [...comments, ...reviews, ...reviews.flatMap((review) => review.comments)].map(({ body }) => body)
    assert.ok(bodies.length >= 3)
    for (const body of bodies) {
      assert.ok((body.match(/^<!-- orchestrator:/gm) ?? []).length <= 1, body)
      assert.doesNotMatch(withoutFences(body), /(?<!\\)(?:<img|<b>worst|@octo|\]\(javascript)/i)
      assert.doesNotMatch(withoutFences(body), /```suggestion/)
    }
  })

  const refused: readonly (readonly [string, () => Buffer, RegExp])[] = [
    ['no archive', () => Buffer.from('hello'), /is not a zip archive/],
    ['empty', () => Buffer.alloc(0), /the answer of GitHub broke off/],
    ['an archive of nothing', () => zip([]), /has no journal\.ndjson/],
    ['an empty journal', () => archiveOf({ 'journal.ndjson': '' }), /has an empty journal/],
    ['binary', () => archiveOf({ 'journal.ndjson': Buffer.from([0, 255, 254, 10, 0]) }), /not a line of JSON/],
    ['of another type', () => archiveOf({ 'journal.ndjson': '[1]\n' }), /not an event/],
    [
      'an event we never wrote',
      () => archiveOf({ 'journal.ndjson': journalText([{ type: 'run.owned' }]) }),
      /there is no event/,
    ],
    ['a path that leads out', () => archiveOf(ownFiles(), [{ name: '../../evil', content: 'x' }]), /which leads out/],
    ['an absolute path', () => archiveOf(ownFiles(), [{ name: '/etc/passwd', content: 'x' }]), /which leads out/],
    ['a path of Windows', () => archiveOf(ownFiles(), [{ name: 'logs\\..\\evil', content: 'x' }]), /which leads out/],
    [
      'a link',
      () => archiveOf(ownFiles(), [{ name: 'logs/x.json', content: '/etc/passwd', mode: 0o120777 }]),
      /not a regular file/,
    ],
    ['two of one name', () => archiveOf(ownFiles(), [{ name: 'JOURNAL.ndjson', content: 'x' }]), /twice/],
    [
      'a file with two names',
      () => archiveOf({}, [{ name: 'journal.ndjson', content: 'x', localName: 'journal.ndjsom' }]),
      /two names/,
    ],
    ['a bomb', () => archiveOf({ 'journal.ndjson': Buffer.alloc(80 * 1024 * 1024) }), /more than 64 MiB/],
    [
      'a bomb that says it is none',
      () => archiveOf({}, [{ name: 'journal.ndjson', content: Buffer.alloc(80 * 1024 * 1024), size: 10 }]),
      /damaged, or larger than it says/,
    ],
    [
      'of another run',
      () => archiveOf({ 'journal.ndjson': journalText(withGithub(own, { run_id: '12' })) }),
      /workflow run "12"/,
    ],
    [
      'of another pull request',
      () => archiveOf({ 'journal.ndjson': journalText(withGithub(own, { event: { pull_request: { number: 2 } } })) }),
      /of pull request 2, and it is of 1/,
    ],
    [
      'groups inside of themselves',
      () => archiveOf({ 'journal.ndjson': journalText(withParents(own, { lint: 'tests', tests: 'lint' })) }),
      /inside of themselves/,
    ],
    [
      'a group that is not there',
      () => archiveOf({ 'journal.ndjson': journalText(withParents(own, { lint: 'nobody' })) }),
      /not there/,
    ],
  ]
  for (const [name, make, why] of refused)
    it(`refuses an artifact that is, or has, ${name}`, async () => {
      put(make())
      const main = await publish()
      assert.equal(main.exitCode, 1, main.output)
      assert.match(said(main), why)
      assert.doesNotMatch(main.output, /This is a bug/)
      assert.deepEqual(
        [project.github.comments.length, project.github.reviews.length, project.github.checkRuns.length],
        [0, 0, 0],
      )
    })

  it('refuses one that is huge, and one that is not what was uploaded', async () => {
    const bytes = archiveOf(ownFiles())
    put(bytes, { artifacts: [{ name: 'orchestrator-x', bytes, size: 5e9 }] })
    assert.match(said(await publish()), /has 5000000000 bytes, more than/)
    project.github.runs.splice(0)
    put(bytes, { artifacts: [{ name: 'orchestrator-x', bytes, digest: `sha256:${'0'.repeat(64)}` }] })
    assert.match(said(await publish()), /its digest differs/)
    assert.equal(project.github.comments.length, 0)
  })

  it('posts nothing where there is nothing to post to, and says why', async () => {
    const bytes = archiveOf(ownFiles())
    for (const [more, name, why] of [
      [{ headSha: 'b'.repeat(40) }, 'orchestrator-x', /No open pull request has b+ as its newest commit/],
      [{ headRepository: 'somebody/app' }, 'orchestrator-x', /No open pull request/],
      [{ event: 'push' }, 'orchestrator-x', /was of a `push` event/],
      [{}, 'coverage', /has no artifact whose name begins with/],
    ] as const) {
      put(bytes, more, name)
      const main = await publish()
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(main.outputs['result'], 'skipped')
      assert.match(said(main), why)
      assert.equal(project.github.comments.length, 0)
      project.github.runs.splice(0)
    }
  })

  it('takes nothing from an earlier attempt', async () => {
    const bytes = archiveOf(ownFiles())
    put(bytes, { artifacts: [{ name: 'orchestrator-x', bytes, createdAt: '2026-01-01T00:00:00Z' }] })
    assert.match(said(await publish()), /has no artifact/)
  })

  it('fails where it may not post, and names what it needs', async () => {
    put(archiveOf(ownFiles()))
    project.github.refuse({
      status: 403,
      path: /comments/,
      method: 'POST',
      message: 'Resource not accessible by integration',
    })
    const main = await publish()
    assert.equal(main.exitCode, 1)
    assert.match(said(main), /pull-requests: write/)
    project.github.accept()
    project.github.refuse({ status: 403, path: /artifacts/, message: 'Resource not accessible by integration' })
    assert.match(said(await publish()), /403 .*actions: read/)
  })

  it('tells nobody its token, and is for workflow_run events alone', async () => {
    put(archiveOf(ownFiles()))
    const main = await publish()
    assert.ok(!main.output.includes(writeToken))
    const other = await project.run({ mode: 'publish' })
    assert.equal(other.main.exitCode, 1)
    assert.match(said(other.main), /this is a `pull_request` event/)
  })
})

type Event = Record<string, unknown>

function journalOf(files: ReadonlyMap<string, Buffer>): Event[] {
  const text = (files.get('journal.ndjson') ?? Buffer.alloc(0)).toString('utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** With checksums that are right: whoever forges a journal can compute them. */
function journalText(events: readonly Event[]): string {
  const lines = events.map(({ sum: _sum, ...event }, seq) => {
    const body = JSON.stringify({ v: 2, at: 1, ...event, seq }).slice(0, -1)
    return `${body}${sealOf(crc32(Buffer.from(body)))}\n`
  })
  return lines.join('')
}

function withGithub(files: ReadonlyMap<string, Buffer>, github: object): Event[] {
  const [started, ...rest] = journalOf(files)
  const context = { ...Object(started?.['context']) }
  return [{ ...started, context: { ...context, github: { ...context.github, ...github } } }, ...rest]
}

function withParents(files: ReadonlyMap<string, Buffer>, parents: Readonly<Record<string, string>>): Event[] {
  const [started, ...rest] = journalOf(files)
  const plan = { ...Object(started?.['plan']) }
  const instances = plan.instances.map((instance: { id: string }) => ({
    ...instance,
    ...(parents[instance.id] && { parent: parents[instance.id] }),
  }))
  return [{ ...started, plan: { ...plan, instances } }, ...rest]
}

/** What Markdown, and mentions, act in: a summary is HTML, in which the former does not. */
function withoutFences(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})[^]*?^\1$/gm, '').replaceAll(/(?<=<summary>.*)\]\(/g, '')
}
