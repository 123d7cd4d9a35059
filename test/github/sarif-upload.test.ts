import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
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

  const upload = (state: RunState, token = 'writes') => {
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
    const report = { ...buildReport(createRunState()), name: 'review', findings: [finding] }
    return reporter.onEnd?.(state, AbortSignal.timeout(10_000), report)
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

  it('that GitHub refuses says what to do', async () => {
    await assert.rejects(async () => upload(reported(), 'reads'), /security-events: write/)
    github.refuse({ status: 403, message: 'Code scanning is not enabled for this repository.' })
    await assert.rejects(async () => upload(reported()), /enable code scanning in the settings/)
  })
})
