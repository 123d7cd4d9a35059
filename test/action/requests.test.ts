import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { openProject, skip, type Project } from './project.ts'

const ids = Array.from({ length: 10 }, (_, index) => `n${index}`)
const instances = ids.map((id) => `  ${id}: { run: 'echo ${id}' }`).join('\n')

describe('the requests to GitHub of a run of ten instances', { skip, timeout: 180_000 }, () => {
  let project: Project
  /** Of the last run. */
  let summary = ''
  afterEach(() => project.close())

  /** Those of one run, by method and path; of people's access it is asked at once, in any order. */
  const requestsOf = async (run: number): Promise<string[]> => {
    project.github.requests.splice(0)
    const { main } = await project.run({}, { environment: { GITHUB_RUN_ID: String(run) } })
    assert.equal(main.exitCode, 0, main.output)
    summary = main.summary ?? ''
    const paths = project.github.requests.map(({ method, url }) => `${method} ${url.split('?')[0]}`)
    return paths.map((path) => path.replace('/repos/octo/app/', ''))
  }

  it('are eight with a comment, and seven where it is there already', async () => {
    project = await openProject({ '.github/orchestrator.yml': `name: nightly\ninstances:\n${instances}\n` })
    const first = await requestsOf(1)
    assert.deepEqual(first.slice(2), [
      'GET issues/1/comments',
      'POST issues/1/comments',
      'GET issues/1/comments',
      'POST /graphql',
      'GET issues/comments/1000',
      'PATCH issues/comments/1000',
    ])
    const second = await requestsOf(2)
    assert.deepEqual(second.slice(2), [
      'GET issues/1/comments',
      'POST /graphql',
      'PATCH issues/comments/1000',
      'GET issues/comments/1000',
      'PATCH issues/comments/1000',
    ])
    // What the comment remembers is in the summary, too.
    assert.match(summary, /^\*The run before: [\d.ms ]+\*$/m)
    for (const each of [first, second])
      assert.deepEqual(each.slice(0, 2).toSorted(), [
        'GET collaborators/Codertocat/permission',
        'GET collaborators/mona/permission',
      ])
  })

  it('are at most twelve with a check run, too', async () => {
    const file = `name: nightly\nreport: { check: true }\ninstances:\n${instances}\n`
    project = await openProject({ '.github/orchestrator.yml': file })
    for (const run of [1, 2]) {
      const all = await requestsOf(run)
      assert.ok(all.length <= 12, `${all.length}: ${all.join(', ')}`)
    }
  })
})
