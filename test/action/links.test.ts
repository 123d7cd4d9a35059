import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { RunJson } from '../../src/report/run-json.ts'
import type { StoredRun } from '../rig/github-actions.ts'
import { openProject, runDirectoryOf, skip } from './project.ts'

const nightly = `name: audit of the night
instances:
  audit: { run: 'echo "count=3" >> "$ORCHESTRATOR_OUTPUT"; echo found' }
`

const review = (link: string) => `name: review
instances:
  read:
    needs: { run: nightly.yml${link} }
    env: { COUNT: "\${{ needs.nightly.instances.audit.outputs.count }}", URL: "\${{ needs.nightly.run.url }}" }
    run: echo "$COUNT $URL"
`

/** A repository whose workflow nightly.yml has run once, and what its run of review comes to for a link that asks for this. */
async function openLinked(link = '') {
  const project = await openProject({ '.github/nightly.yml': nightly, '.github/review.yml': review(link) })
  after(() => project.close())
  const environment = { GITHUB_RUN_ID: '7', GITHUB_RUN_ATTEMPT: '1' }
  const { main } = await project.run({ config: '.github/nightly.yml', simulate: '' }, { environment })
  assert.equal(main.outputs['result'], 'success', main.output)
  const artifacts = project.results.artifacts.map(({ name, bytes }) => ({ name, bytes }))
  return {
    github: project.github,
    artifacts,
    /** GitHub has a finished run of the workflow, with the artifact. */
    publish(more: Partial<StoredRun> = {}) {
      project.github.runs.push({
        id: 7,
        attempt: 1,
        event: 'schedule',
        headSha: project.repository.baseSha,
        headBranch: 'master',
        headRepository: 'octo/app',
        workflow: '.github/workflows/nightly.yml',
        status: 'completed',
        conclusion: 'success',
        artifacts,
        ...more,
      })
    },
    async review(inputs: Readonly<Record<string, string>> = {}) {
      const more = { environment: { GITHUB_RUN_ID: '9', GITHUB_RUN_ATTEMPT: '1' } }
      const { main: stage } = await project.run({ config: '.github/review.yml', simulate: '', ...inputs }, more)
      const report: RunJson = JSON.parse(readFileSync(join(runDirectoryOf(stage), 'run.json'), 'utf8'))
      const of = (id: string) => report.instances.find((each) => each.id === id)
      return { stage, read: of('read'), link: of('nightly') }
    },
  }
}

describe('a link to another workflow', { skip, concurrency: 2 }, () => {
  it('has the outcomes of its newest finished run on the default branch, from the artifact', async () => {
    const at = await openLinked(', max-age: 1d')
    at.publish()
    const { read, stage } = await at.review()
    assert.equal(read?.text, '3 https://github.com/octo/app/actions/runs/7\n', stage.output)
  })

  it('never those of a fork, nor of an event that anyone can cause', async () => {
    const at = await openLinked()
    at.publish({ headRepository: 'mallory/app', event: 'pull_request' })
    at.publish({ id: 8, event: 'issue_comment' })
    const { read, link } = await at.review()
    assert.equal(read?.reason, 'upstream')
    assert.equal(link?.detail, 'nightly.yml has no finished run on master that can be trusted')
  })

  it('is found behind however many runs of forks, up to a bound that is said', async () => {
    const at = await openLinked()
    at.publish()
    const fork = (id: number): void =>
      at.publish({ id, headRepository: 'mallory/app', event: 'pull_request', artifacts: [] })
    for (let id = 100; id < 145; id++) fork(id)
    assert.match((await at.review()).read?.text ?? '', /^3 .*\/7\n$/)
    const pages = at.github.requests.filter(({ url }) => /nightly\.yml\/runs\?/.test(url ?? ''))
    assert.equal(pages.length, 3)
    for (let id = 145; id < 300; id++) fork(id)
    at.github.requests.splice(0)
    const { link } = await at.review()
    assert.equal(link?.detail, 'nightly.yml has none among its newest 200 finished runs on master that can be trusted')
    assert.equal(at.github.requests.filter(({ url }) => /nightly\.yml\/runs\?/.test(url ?? '')).length, 10)
  })

  it('does not take the record of another run, and says where one left none', async () => {
    const at = await openLinked()
    at.publish({ id: 8 })
    assert.match((await at.review()).link?.detail ?? '', /runs\/8\) left the record of another run$/)
    at.publish({ id: 11, artifacts: [] })
    assert.match((await at.review()).link?.detail ?? '', /runs\/11\) left no record: there is no artifact of it$/)
  })

  it('passes over runs that were skipped, and runs of other branches', async () => {
    const at = await openLinked(', branch: release')
    at.publish({ headBranch: 'release' })
    at.publish({ id: 8, artifacts: [] })
    at.publish({ id: 11, headBranch: 'release', conclusion: 'skipped', artifacts: [] })
    assert.match((await at.review()).read?.text ?? '', /^3 .*\/7\n$/)
  })

  it('says what is missing: a token, or the workflow', async () => {
    const at = await openLinked()
    const { link, stage } = await at.review({ 'github-token': '' })
    assert.match(link?.detail ?? '', /^without a `github-token` the runs of .* cannot be looked up/, stage.output)
  })
})
