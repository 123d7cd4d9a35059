import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, beforeEach, describe, it } from 'node:test'
import { createRunState } from '../../src/core/run-state.ts'
import { createApi } from '../../src/github/api.ts'
import { concludeCheck, createCheckRunReporter, type CheckRunOptions } from '../../src/github/check-run.ts'
import { createWorkflowCommands } from '../../src/github/workflow-commands.ts'
import { buildReport, type ReportModel } from '../../src/report/report-model.ts'
import { createRepository } from '../rig/git-repository.ts'
import { startGithubApi, type GithubApi, type TokenHolder } from '../rig/github-api.ts'
import { someFindings } from './some-findings.ts'

const directory = mkdtempSync(join(tmpdir(), 'check-'))
const { origin, baseSha, headSha } = createRepository(directory, { a: '1\n' }, { a: '2\n' })
after(() => rmSync(directory, { recursive: true }))

const bot: TokenHolder = { login: 'github-actions[bot]', type: 'Bot', write: true }

const findings = { verdict: 'findings', reason: '120 findings, the worst high' } as const

describe('the check run', () => {
  let github: GithubApi
  let printed: string
  const write = async (change: Partial<ReportModel>, more: Partial<CheckRunOptions> = {}, token = 'writes') => {
    const state = createRunState()
    const commands = createWorkflowCommands(
      (text) => (printed += text),
      () => 'word',
    )
    const reporter = createCheckRunReporter({
      connect: () => createApi({ apiUrl: github.apiUrl, token }),
      repository: { owner: 'octo', name: 'app' },
      commit: headSha,
      externalId: '4711/1/review/',
      name: undefined,
      key: '',
      detailsUrl: 'https://github.com/octo/app/actions/runs/4711',
      commands,
      ...more,
    })
    const delivery = reporter.onEnd?.(state, AbortSignal.timeout(10_000), {
      ...buildReport(state),
      name: 'review',
      result: 'success',
      ...change,
    })
    return (await delivery) ?? {}
  }

  beforeEach(async () => {
    printed = ''
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

  it('concludes by the verdict, and by the result where nothing was to be reviewed', () => {
    const of = (verdict: 'clean' | 'findings' | 'not-reviewed' | null, result: ReportModel['result']) =>
      concludeCheck({ verdict: verdict && { verdict, reason: '' }, result })
    assert.equal(of('clean', 'success'), 'success')
    assert.equal(of('findings', 'success'), 'failure')
    assert.equal(of('not-reviewed', 'failure'), 'neutral')
    assert.equal(of('not-reviewed', 'success'), 'neutral')
    assert.equal(of('clean', 'failure'), 'failure')
    assert.equal(of(null, 'failure'), 'failure')
    assert.equal(of(null, 'cancelled'), 'cancelled')
    assert.equal(of(null, null), 'neutral')
  })

  it('has all findings as annotations, fifty a request', async () => {
    const delivery = await write({ findings: someFindings(120), verdict: findings })
    const [run] = github.checkRuns
    assert.equal(run?.name, 'review')
    assert.equal(run.headSha, headSha)
    assert.equal(run.conclusion, 'failure')
    assert.equal(run.title, '120 findings, the worst high')
    assert.deepEqual(run.batches, [50, 50, 20])
    assert.deepEqual(
      run.annotations.map(({ title }) => title),
      someFindings(120).map(({ title }) => `high: ${title}`),
    )
    assert.equal(delivery.url, `https://github.com/octo/app/runs/${run.id}`)
    assert.equal(delivery.detail, '120')
    assert.equal(printed, '')
  })

  it('has the failures that the step has no room for, at their place in the orchestration file', async () => {
    const unshown = [1, 2].map((line) => ({
      level: 'error' as const,
      title: `test-${line}: exit:1`,
      message: `test-${line} failed`,
      file: '.github/orchestrator.yml',
      line,
    }))
    const nowhere = { level: 'error' as const, message: 'of no file' }
    await write({ findings: someFindings(50), verdict: findings }, { unshown: () => [...unshown, nowhere] })
    const [run] = github.checkRuns
    assert.deepEqual(run?.batches, [50, 2])
    assert.deepEqual(
      run.annotations
        .slice(0, 3)
        .map(({ path, start_line, annotation_level, title }) => [path, start_line, annotation_level, title]),
      [
        ['.github/orchestrator.yml', 1, 'failure', 'test-1: exit:1'],
        ['.github/orchestrator.yml', 2, 'failure', 'test-2: exit:1'],
        ['src/a.ts', 1, 'failure', 'high: problem 0'],
      ],
    )
  })

  it('is written once whichever of its requests is carried out and not answered', async () => {
    for (let lost = 0; lost < 3; lost++) {
      github.checkRuns.splice(0)
      const path = /check-runs(\/\d+)?$/
      let seen = 0
      github.refuse({ method: lost === 0 ? 'POST' : 'PATCH', path, times: 1, status: 502, afterwards: true })
      await write({ findings: someFindings(120), verdict: findings })
      for (const { annotations } of github.checkRuns) seen += annotations.length
      assert.equal(github.checkRuns.length, 1)
      assert.equal(seen, 120, `request ${lost}`)
      github.accept()
    }
  })

  it('is completed and not doubled by a later process of the same step', async () => {
    await write({ result: null, verdict: null })
    await write({ findings: someFindings(3), verdict: findings })
    assert.equal(github.checkRuns.length, 1)
    assert.equal(github.checkRuns[0]?.conclusion, 'failure')
    assert.equal(github.checkRuns[0]?.annotations.length, 3)
    await write({ findings: someFindings(3), verdict: findings }, { externalId: '4711/2/review/' })
    assert.equal(github.checkRuns.length, 2)
  })

  it('says which permission is missing, and annotates the step instead', async () => {
    await assert.rejects(
      write({ findings: someFindings(12), verdict: findings }, {}, 'reads'),
      /403 .*`permissions: checks: write`/,
    )
    assert.equal(github.checkRuns.length, 0)
    assert.equal(printed.match(/^::error .*file=src\/a\.ts/gm)?.length, 9)
    assert.match(printed, /3 more of these/)
  })
})
