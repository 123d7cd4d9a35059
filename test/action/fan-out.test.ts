import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Stage } from '../rig/step-runner.ts'
import { openProject, runDirectoryOf, skip, type Project } from './project.ts'

/** Four reviewers that a real CLI plays against the embedded model, commands, a failure that is forgiven, and one that nothing forgives. */
const file = `name: fanned
limits: { max-parallel: 4 }
budget: { tokens: 100000 }
defaults: { retry: 0 }
instances:
  review:
    strategy: { matrix: { part: [one, two, three, four] }, fail-fast: false }
    runtime: claude
    prompt: Review part \${{ matrix.part }}.
  lint: { run: echo linted }
  flaky: { run: exit 4, continue-on-error: true }
  sum:
    needs: [review, lint, flaky]
    env: { SAID: "\${{ needs.lint.text }} \${{ needs.review.result }} \${{ needs.flaky.outcome }}" }
    run: echo "$SAID"
  bad: { needs: [lint], run: exit 7 }
`

interface MatrixJob {
  readonly shard: string
  readonly only: string
  readonly level: number
  readonly budget: string
  readonly 'max-parallel': string
}

const job = (name: string, more: Readonly<Record<string, string>> = {}) => ({
  environment: { GITHUB_JOB: name, ...more },
})

async function planOf(project: Project, inputs: Readonly<Record<string, string>>) {
  const { main } = await project.run({ mode: 'plan', ...inputs }, job('plan'))
  assert.equal(main.exitCode, 0, main.output)
  const levels = JSON.parse(main.outputs['levels'] ?? '') as { include: MatrixJob[] }[]
  const matrix = JSON.parse(main.outputs['matrix'] ?? '') as { include: MatrixJob[] }
  assert.deepEqual(
    levels.flatMap(({ include }) => include),
    matrix.include,
  )
  return { main, levels, jobs: matrix.include }
}

const inputsOf = ({ shard, only, budget, ...rest }: MatrixJob) => ({
  mode: 'shard',
  shard,
  only,
  budget,
  'max-parallel': rest['max-parallel'],
})

const runShard = (project: Project, of: MatrixJob, more: Readonly<Record<string, string>> = {}) =>
  project.run(inputsOf(of), job('shards', more))

const collect = (project: Project, more: Readonly<Record<string, string>> = {}) =>
  project.run({ mode: 'collect' }, job('collect', more))

/** Tokens that the simulated model has served in a run. */
function servedIn(stage: Stage): number {
  const lines = readFileSync(join(runDirectoryOf(stage), 'simulation.ndjson'), 'utf8')
    .trim()
    .split('\n')
  return lines
    .map((line) => (JSON.parse(line) as { usage: Record<string, number> }).usage)
    .reduce(
      (sum, { input = 0, cacheRead = 0, cacheWrite = 0, output = 0 }) => sum + input + cacheRead + cacheWrite + output,
      0,
    )
}

describe('a file fanned out over jobs', { skip }, () => {
  it('runs in shards of two levels, and is collected into one report with each token once', async () => {
    const project = await openProject({ '.github/orchestrator.yml': file })
    after(() => project.close())
    const { levels, main } = await planOf(project, { 'shard-by': '2' })
    assert.equal(levels.length, 2)
    assert.equal(main.outputs['shards'], '4')
    let served = 0
    for (const { include } of levels)
      for (const each of include) {
        const { main: shard } = await runShard(project, each)
        assert.equal(shard.exitCode, 0, shard.output)
        assert.match(shard.summary ?? '', /^\*\*Shard \d\*\* of fanned: .*mode: collect/)
        const tokens = Number(shard.outputs['total-tokens'])
        if (tokens > 0) {
          assert.equal(tokens, servedIn(shard))
          served += tokens
        }
      }
    assert.ok(served > 0)
    assert.equal(project.github.comments.length, 0, 'shards comment nothing')
    const { main: collected } = await collect(project)
    assert.equal(collected.exitCode, 1, collected.output)
    assert.equal(collected.outputs['result'], 'failure')
    assert.equal(collected.outputs['failed'], '["bad"]')
    assert.equal(collected.outputs['forgiven'], '["flaky"]')
    assert.equal(Number(collected.outputs['total-tokens']), served)
    assert.match(collected.summary ?? '', /1 instance failed: bad/)
    assert.equal(project.github.comments.length, 1)
    const run = JSON.parse(readFileSync(join(runDirectoryOf(collected), 'run.json'), 'utf8')) as {
      instances: { id: string; text: string }[]
    }
    assert.equal(
      run.instances
        .find(({ id }) => id === 'sum')
        ?.text.replaceAll(/\s+/g, ' ')
        .trim(),
      'linted success failure',
    )
  })
})
