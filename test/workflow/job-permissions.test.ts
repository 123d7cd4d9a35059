import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { neededPermissions } from '../../src/core/needed-permissions.ts'
import { compile } from '../../src/workflow/compile.ts'
import { orchestratingJobs } from '../../src/workflow/job-permissions.ts'
import { goldenRuntimes } from './golden-files.ts'

const examples = resolve(import.meta.dirname, '../../examples/workflows')
const path = '.github/nightly.orchestrator.yml'

const planOf = (text: string) => {
  const { plan, diagnostics } = compile(path, text, { read: () => '{}', runtimes: goldenRuntimes })
  assert.ok(plan, JSON.stringify(diagnostics))
  return plan
}
const workflow = (permissions: string, step = `{ uses: org/orchestrator-action@v1, with: { config: ${path} } }`) => `
on: { schedule: [] }
${permissions}
jobs:
  audit: { runs-on: ubuntu-latest, steps: [{ uses: actions/checkout@v5 }, ${step}] }
`

describe('the permissions of jobs', () => {
  it('are what the workflows to copy give', () => {
    let found = 0
    for (const name of readdirSync(examples).filter((each) => each.endsWith('.orchestrator.yml'))) {
      const plan = planOf(readFileSync(join(examples, name), 'utf8'))
      const text = readFileSync(join(examples, name.replace('.orchestrator', '')), 'utf8')
      for (const { job, isPullRequest, writes } of orchestratingJobs(text, `.github/${name}`)) {
        found++
        for (const { scope, or = scope, what } of neededPermissions(plan, isPullRequest))
          assert.ok(writes?.(scope) || writes?.(or), `${name}, job ${job}: ${what} needs ${scope}: write`)
      }
    }
    assert.ok(found >= 5, `${found} jobs`)
  })

  it('are those of the job, else of the workflow, else not known', () => {
    const writes = (permissions: string) => orchestratingJobs(workflow(permissions), path)[0]?.writes
    assert.equal(writes('permissions: { issues: write }')?.('issues'), true)
    assert.equal(writes('permissions: { issues: read }')?.('issues'), false)
    assert.equal(writes('permissions: {}')?.('issues'), false)
    assert.equal(writes('permissions: write-all')?.('checks'), true)
    assert.equal(writes('permissions: read-all')?.('checks'), false)
    assert.equal(writes(''), undefined)
    const own = workflow('permissions: write-all').replace('audit: {', 'audit: { permissions: { contents: read },')
    assert.equal(orchestratingJobs(own, path)[0]?.writes?.('issues'), false)
  })

  it('are looked at where this file runs with the token of the job', () => {
    const jobs = (step: string) => orchestratingJobs(workflow('', step), path).length
    assert.equal(jobs(`{ uses: ./, with: { config: ./${path}, github-token: "\${{ github.token }}" } }`), 1)
    assert.equal(jobs(`{ uses: ./, with: { config: ${path}, github-token: "\${{ steps.app.outputs.token }}" } }`), 0)
    assert.equal(jobs('{ uses: ./, with: { config: other.yml } }'), 0)
    assert.equal(jobs('{ run: make }'), 0)
    assert.deepEqual(orchestratingJobs('jobs: [', path), [])
    assert.deepEqual(orchestratingJobs('jobs: { a: 1, b: { steps: 3 } }', path), [])
  })

  it('are needed for what a file asks for', () => {
    const plan = planOf(`
report: { check: true }
instances:
  a: { run: make, parse: json, memory: notes, effects: { issue: {}, labels: { allow: [x] }, dispatch: { allow: [a.yml] } } }
  b: { run: make, workspace: worktree, effects: { pull-request: { title: x } } }
`)
    const scopes = (isPullRequest: boolean) =>
      neededPermissions(plan, isPullRequest).map(({ scope, what, wantedBy }) =>
        `${scope} ${what} ${wantedBy.join()}`.trim(),
      )
    assert.deepEqual(scopes(false), [
      'checks `report.check`',
      'issues `effects.issue` a',
      'issues `effects.labels` a',
      'actions `effects.dispatch` a',
      'contents `memory` a',
      'contents `effects.pull-request` b',
      'pull-requests `effects.pull-request` b',
    ])
    assert.ok(scopes(true).includes('pull-requests `effects.labels` a'))
  })
})
