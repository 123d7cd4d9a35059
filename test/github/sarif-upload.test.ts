import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import type { MergedFinding } from '../../src/core/finding.ts'
import { createRunState, type RunState } from '../../src/core/run-state.ts'
import { createApi } from '../../src/github/api.ts'
import { readContext } from '../../src/github/context.ts'
import { createSarifUploadReporter } from '../../src/github/sarif-upload.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi } from '../rig/github-api.ts'

const directory = mkdtempSync(join(tmpdir(), 'upload-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const finding = {
  path: 'src/a.ts',
  line: 3,
  endLine: null,
  severity: 'high',
  category: 'security',
  rule: null,
  title: 'Token is logged',
  body: '',
  suggestion: null,
  confidence: null,
  state: 'candidate',
  agents: ['claude'],
  reports: [],
} as const

/** A run of which one instance reported. */
function reported(): RunState {
  const state = createRunState()
  state.instances.set('claude', { attempts: [{ ended: { findings: [finding] } }] } as never)
  return state
}

describe('the upload to code scanning', () => {
  let github: GithubApi
  beforeEach(async () => {
    github = await startGithubApi({
      repository: 'octo/app',
      origin,
      pullRequest: { number: 7, baseSha, headSha, headRepository: 'octo/app' },
      tokens: {
        writes: { login: 'bot', type: 'Bot', write: true },
        reads: { login: 'bot', type: 'Bot', write: false },
      },
    })
  })
  afterEach(() => github.close())

  const upload = (state: RunState, token = 'writes', findings: readonly MergedFinding[] = [finding]) => {
    const context = readContext(
      {
        GITHUB_REPOSITORY: 'octo/app',
        GITHUB_SHA: headSha,
        GITHUB_REF: 'refs/heads/main',
        GITHUB_API_URL: github.apiUrl,
      },
      directory,
    )
    const reporter = createSarifUploadReporter(
      { context, connect: () => createApi({ apiUrl: github.apiUrl, token }) },
      1,
    )
    const report = { ...buildReport(createRunState()), name: 'review', findings }
    return reporter.onEnd?.(state, AbortSignal.timeout(120_000), report)
  }

  it('has the findings, for the commit that was looked at', async () => {
    assert.deepEqual(await upload(reported()), { detail: 'uploaded to code scanning' })
    const [sarif] = github.sarifs as { runs: { results: { message: { text: string } }[] }[] }[]
    assert.match(sarif?.runs[0]?.results[0]?.message.text ?? '', /^Token is logged/)
    const sent = JSON.parse(github.requests[0]?.body ?? '{}')
    assert.deepEqual([sent.commit_sha, sent.ref, sent.tool_name], [headSha, 'refs/heads/main', 'orchestrator'])
    assert.deepEqual(github.violations, [])
  })

  it('is not made where nobody looked', async () => {
    assert.deepEqual(await upload(createRunState()), { detail: 'nothing was uploaded: no instance reported findings' })
    assert.deepEqual(github.requests, [])
  })

  it('waits for what GitHub makes of it, and says what it has against it', async () => {
    github.sarifStatuses.push({ processing_status: 'pending' }, { processing_status: 'complete' })
    assert.deepEqual(await upload(reported()), { detail: 'uploaded to code scanning' })
    github.sarifStatuses.push(
      { processing_status: 'pending' },
      { processing_status: 'failed', errors: ['rejecting SARIF, as there are more runs than allowed', 'line 3'] },
    )
    await assert.rejects(
      async () => upload(reported()),
      /could not be uploaded \(rejecting SARIF, as there are more runs than allowed; line 3\)/,
    )
    github.sarifStatuses.push({ processing_status: 'failed', errors: null })
    await assert.rejects(async () => upload(reported()), /GitHub could not process it/)
    github.sarifStatuses.push(...Array.from({ length: 9 }, () => ({ processing_status: 'pending' })))
    assert.deepEqual(await upload(reported()), { detail: 'uploaded; code scanning has not processed it yet' })
    assert.deepEqual(github.violations, [])
  })

  it('has only the worst where all would be more than GitHub takes', async () => {
    // Text that hardly compresses.
    const noise = (): string => randomBytes(6000).toString('latin1').slice(0, 3900)
    const many = Array.from({ length: 6000 }, (_, at): MergedFinding => ({
      ...finding,
      line: at + 1,
      body: noise(),
      severity: at % 100 === 99 ? 'critical' : 'low',
    }))
    const delivery = await upload(reported(), 'writes', many)
    assert.match(delivery?.detail ?? '', /^uploaded to code scanning, without the least severe: \d+ left out$/)
    const [sarif] = github.sarifs as { runs: { results: { properties: { severity: string } }[] }[] }[]
    const results = sarif?.runs[0]?.results ?? []
    assert.equal(results.filter(({ properties }) => properties.severity === 'critical').length, 60)
    assert.ok(results.length > 500 && results.length < 5000, `${results.length}`)
    assert.deepEqual(github.violations, [])
  })

  it('that GitHub refuses says what to do', async () => {
    await assert.rejects(async () => upload(reported(), 'reads'), /security-events: write/)
    github.refuse({ status: 403, message: 'Code scanning is not enabled for this repository.' })
    await assert.rejects(async () => upload(reported()), /enable code scanning in the settings/)
  })
})
