import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { readInputs } from '../../src/github/inputs.ts'
import { parseShare } from '../../src/run/share-budget.ts'
import { readShardRules } from '../../src/run/shard-rules.ts'
import type { Stage } from '../rig/step-runner.ts'
import { unzip, zip } from '../rig/zip.ts'
import { botHead } from './bot.ts'
import { filesHolding, openProject, readRun, readToken, runDirectoryOf, skip, type Project } from './project.ts'

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

/** An agent that costs 110 tokens, is known to have been paid, and waits where a file says so. */
const paidBot = `#!/bin/sh
here=$(dirname "$0")
[ "$1" = --version ] && { echo 1.0.0; exit; }
[ -f "$here/wait-$NAME" ] && sleep 600
echo "$NAME" >> "$here/paid"
echo '{ "text": "answer of '"$NAME"'", "usage": { "in": 100, "out": 10 } }'
`
const paidFile = `${botHead('paid', 'limits: { max-parallel: 1 }\n')}
  one: { prompt: Review one., env: { NAME: one }, priority: 1 }
  two: { prompt: Review two., env: { NAME: two } }
  sum: { prompt: Sum up., env: { NAME: sum }, needs: [one, two] }
`

interface MatrixJob {
  readonly shard: string
  readonly only: string
  readonly level: number
  readonly budget: string
  readonly 'max-parallel': string
  readonly 'runs-on'?: string | readonly string[]
  readonly environment?: string
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

  it('pays once for each answer where a shard was killed and its job is run again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fan-out-'))
    const bot = join(folder, 'bot')
    writeFileSync(bot, paidBot)
    chmodSync(bot, 0o755)
    const project = await openProject({ '.github/orchestrator.yml': paidFile })
    after(async () => {
      await project.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const env = (attempt: string) => ({
      PATH: `${folder}:${process.env['PATH'] ?? ''}`,
      GITHUB_RUN_ATTEMPT: attempt,
      INPUT_SIMULATE: 'false',
    })
    const paid = (): string[] => readFileSync(join(folder, 'paid'), 'utf8').trim().split('\n').toSorted()
    const { jobs } = await planOf(project, { simulate: 'false', 'shard-by': 'level' })
    assert.deepEqual(
      jobs.map(({ only }) => only),
      ['one,two', 'sum'],
    )
    const [first, second] = jobs
    assert.ok(first && second)
    writeFileSync(join(folder, 'wait-two'), '')
    const running = project.start({ ...inputsOf(first), simulate: 'false' }, job('shards', env('1')))
    await running.printed(/one success/)
    await running.printed(/two started/)
    running.kill('SIGKILL')
    const { post } = await running.finish()
    assert.match(post.output, /fragment-/)
    assert.deepEqual(paid(), ['one'])

    const lost = await collect(project, env('1'))
    assert.equal(lost.main.exitCode, 1)
    assert.match(lost.main.summary ?? '', /two.*lost/)
    assert.match(lost.main.summary ?? '', /sum .* skipped/)

    rmSync(join(folder, 'wait-two'))
    for (const each of [first, second]) {
      const { main } = await project.run({ ...inputsOf(each), simulate: 'false' }, job('shards', env('2')))
      assert.equal(main.outputs['result'], 'success', main.output)
    }
    assert.deepEqual(paid(), ['one', 'sum', 'two'], 'what had succeeded was not asked again')
    const [again, beside] = await Promise.all([collect(project, env('2')), collect(project, env('2'))])
    assert.equal(again.main.outputs['result'], 'success', again.main.output)
    // What the attempt that was killed had spent is not known, and no more is said than is.
    assert.ok(Number(again.main.outputs['total-tokens']) >= 330)
    const report = (stage: Stage): string =>
      readFileSync(join(runDirectoryOf(stage), 'run.json'), 'utf8').replaceAll(runDirectoryOf(stage), 'HERE')
    assert.equal(report(beside.main), report(again.main), 'two collectors say the same')
  })

  it('runs what needs an environment in a job of that alone, and puts what asks for other runners apart', async () => {
    const project = await openProject({
      '.github/orchestrator.yml': `name: placed
defaults: { retry: 0 }
instances:
  lint: { run: echo linted }
  train: { runs-on: [self-hosted, gpu], run: echo trained }
  deploy: { environment: production, run: touch deployed && echo shipped, continue-on-error: true }
`,
    })
    after(() => project.close())
    const { jobs } = await planOf(project, { 'shard-by': 'label' })
    assert.deepEqual(
      jobs.map(({ only, environment, ...rest }) => [only, rest['runs-on'], environment]),
      [
        ['lint', undefined, undefined],
        ['train', ['self-hosted', 'gpu'], undefined],
        ['deploy', undefined, 'production'],
      ],
    )
    const [lint, train, deploy] = jobs
    assert.ok(lint && train && deploy)
    for (const each of [lint, train]) assert.equal((await runShard(project, each)).main.outputs['result'], 'success')
    const inAttempt = (attempt: number): Record<string, string> => ({ GITHUB_RUN_ATTEMPT: String(attempt) })
    for (const [index, environment] of ['', 'staging'].entries()) {
      const { main } = await project.run({ ...inputsOf(deploy), environment }, job('shards', inAttempt(index + 1)))
      assert.equal(main.exitCode, 0, 'a shard fails for nothing that its instances come to')
      assert.equal(main.outputs['failed'], '["deploy"]', 'which is never forgiven')
      assert.match(main.output, /deploy .*unsupported.*for a job of the environment `production` of GitHub/)
    }
    assert.ok(!existsSync(join(project.repository.checkout, 'deployed')))
    const refused = await collect(project, inAttempt(2))
    assert.equal(refused.main.outputs['failed'], '["deploy"]')

    const { main } = await project.run({}, job('alone'))
    assert.equal(main.outputs['failed'], '["deploy"]')
    assert.match(
      main.output,
      /`runs-on` counts where a run is spread over jobs: this one runs all on its own machine \(train\)/,
    )
    assert.match(main.output, /No job of their `environment` runs deploy: what of it would start fails instead/)
    assert.ok(!existsSync(join(project.repository.checkout, 'deployed')))

    const env = inAttempt(3)
    const allowed = await project.run({ ...inputsOf(deploy), environment: 'production' }, job('shards', env))
    assert.equal(allowed.main.outputs['result'], 'success', allowed.main.output)
    assert.ok(existsSync(join(project.repository.checkout, 'deployed')))
    const last = await collect(project, env)
    assert.equal(last.main.outputs['result'], 'success', last.main.output)
  })

  it('says of what no job of an environment has run that nobody may have let it begin', async () => {
    const project = await openProject({
      '.github/orchestrator.yml': 'name: waits\ninstances: { deploy: { environment: production, run: make } }\n',
    })
    after(() => project.close())
    await planOf(project, {})
    const { main } = await collect(project)
    assert.equal(main.exitCode, 1)
    assert.match(main.summary ?? '', /the environment production may not have let its job begin/)
  })

  it('fails with an instance only where its job is to end others by that', async () => {
    const project = await openProject({
      '.github/orchestrator.yml': `name: fast
defaults: { retry: 0 }
instances:
  cells: { strategy: { matrix: { n: [0, 3] } }, run: 'exit "$N"', env: { N: "\${{ matrix.n }}" } }
`,
    })
    after(() => project.close())
    const { main: planned } = await project.run({ mode: 'plan', 'shard-by': 'instance' }, job('plan'))
    assert.match(planned.output, /`fail-fast` of `cells` ends its cells in the same job, and they are in 2/)
    const codes = []
    for (const only of ['cells.0', 'cells.3'])
      for (const failFast of ['', 'true'])
        codes.push(
          (await project.run({ mode: 'shard', shard: '1', only, 'fail-fast': failFast }, job('shards'))).main.exitCode,
        )
    assert.deepEqual(codes, [0, 0, 0, 1])
  })

  it('balances shards and shares a budget by what instances took in the newest run, else by their number, and says which', async () => {
    const project = await openProject({
      '.github/orchestrator.yml': `name: shared
budget: { tokens: 100000 }
instances:
  big: { prompt: Ask for much. }
  small: { prompt: Ask for little. }
`,
    })
    after(() => project.close())
    const here = {
      GITHUB_REF_NAME: 'main',
      GITHUB_HEAD_REF: '',
      GITHUB_WORKFLOW_REF: 'octo/app/.github/workflows/fan.yml@refs/heads/main',
    }
    const planned = async () => {
      const { main } = await project.run({ mode: 'plan', 'shard-by': 'instance' }, job('plan', here))
      const { include } = JSON.parse(main.outputs['matrix'] ?? '') as { include: MatrixJob[] }
      return { output: main.output, budgets: include.map(({ budget }) => budget) }
    }
    const first = await planned()
    assert.deepEqual(first.budgets, ['tokens=50000', 'tokens=50000'])
    assert.match(first.output, /by the number of instances: (?:no earlier run|the job lacks)/)
    const instance = (id: string, input: number) => ({
      id,
      outcome: 'success',
      attempts: 1,
      durationMs: 1000,
      usage: { input, cacheRead: 0, cacheWrite: 0, output: 0 },
      costUsd: 1,
    })
    const publish = (id: number, report: object, headRepository = 'octo/app'): void =>
      void project.github.runs.push({
        id,
        attempt: 1,
        event: 'push',
        headSha: project.repository.headSha,
        headBranch: 'main',
        headRepository,
        workflow: '.github/workflows/fan.yml',
        status: 'completed',
        conclusion: 'success',
        artifacts: [
          {
            name: 'orchestrator-collect-1-00000001',
            bytes: zip([{ name: 'run.json', content: JSON.stringify(report) }]),
          },
        ],
      })
    const report = { name: 'shared', simulated: true, instances: [instance('big', 9000), instance('small', 1000)] }
    publish(5, report)
    publish(6, { ...report, name: 'another' })
    publish(7, { ...report, instances: [instance('small', 9000)] }, 'mallory/app')
    const second = await planned()
    assert.deepEqual(second.budgets, ['tokens=90000', 'tokens=10000'])
    assert.match(second.output, /by what they took in https:\/\/github\.com\/octo\/app\/actions\/runs\/5/)
    publish(8, { ...report, instances: [instance('big', Number.NaN), { id: 7 }, null, instance('small', -4)] })
    assert.deepEqual((await planned()).budgets, ['tokens=50000', 'tokens=50000'], 'nonsense is nothing')
    const { main } = await project.run({ mode: 'plan', 'github-token': '' }, job('plan', here))
    assert.match(main.output, /by the number of instances: there is no `github-token`/)
  })

  it('of a pull request from a fork runs without secrets, says what that left out, and does not believe a shard about another', async () => {
    const key = 'hunter2-hunter2'
    const project = await openProject(
      {
        '.github/orchestrator.yml': `name: strange
defaults: { retry: 0 }
instances:
  tests: { run: exit 3 }
  lint: { run: 'echo "have=\${KEY:-nothing}" >> "$ORCHESTRATOR_OUTPUT"' }
  secret: { run: 'test -n "$KEY"', secrets: [KEY] }
  ask: { prompt: Hello. }
`,
      },
      { 'a.txt': 'x\n' },
      true,
    )
    after(() => project.close())
    const step = { 'github-token': readToken, simulate: 'false' }
    const around = (name: string) => job(name, { KEY: key, ANTHROPIC_API_KEY: 'sk-ant-hunter3-hunter3' })
    const { main: planned } = await project.run({ mode: 'plan', 'shard-by': 'instance', ...step }, around('plan'))
    const { include: jobs } = JSON.parse(planned.outputs['matrix'] ?? '') as { include: MatrixJob[] }
    assert.equal(jobs.length, 4)
    for (const each of jobs) {
      const { main } = await project.run({ ...inputsOf(each), ...step }, around('shards'))
      assert.equal(main.exitCode, 0, main.output)
      assert.equal(filesHolding(runDirectoryOf(main), key).length, 0)
    }
    const shardOf = (id: string): string => jobs.find(({ only }) => only === id)?.shard ?? ''
    // The tests of the fork upload what says that they went well, as if another shard had run them.
    const own = project.results.artifacts.find(({ name }) => name.includes(`-${shardOf('lint')}-1-`))
    assert.ok(own)
    const files = [...unzip(own.bytes)].map(([name, content]) => ({
      name,
      content: name === 'journal.ndjson' ? content.toString().replaceAll('"lint"', '"tests"') : content,
    }))
    project.results.artifacts.push({ ...own, id: own.id + 1000, name: `${own.name}-00000000`, bytes: zip(files) })
    const { main } = await project.run({ mode: 'collect', ...step }, around('collect'))
    assert.equal(main.exitCode, 1, main.output)
    assert.equal(main.outputs['failed'], '["tests"]')
    const ends = Object.fromEntries(
      readRun(runDirectoryOf(main)).instances.map(({ id, result, reason }) => [id, `${result} ${reason}`.trim()]),
    )
    assert.deepEqual(ends, {
      tests: 'failure exit:3',
      lint: 'success',
      secret: 'skipped untrusted',
      ask: 'skipped untrusted',
    })
    assert.match(
      main.summary ?? '',
      /Skipped, as they need .*: secret, ask.*The cause: the pull request comes from mallory\/app/,
    )
    assert.equal(project.github.comments.length, 0, 'a fork has no token that writes')
  })

  it('has nothing to run where the event is not for the file, and says so to all jobs', async () => {
    const project = await openProject({ '.github/orchestrator.yml': `when: ["label:never"]\n${file}` })
    after(() => project.close())
    const { main } = await project.run({ mode: 'plan' }, job('plan'))
    assert.equal(main.exitCode, 0, main.output)
    assert.deepEqual(
      [main.outputs['result'], main.outputs['matrix'], main.outputs['levels'], main.outputs['shards']],
      ['skipped', '{"include":[]}', '[]', '0'],
    )
  })

  it('refuses inputs that make no sense, by name', () => {
    const said = (inputs: Readonly<Record<string, string>>): string => {
      const entries = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
      return readInputs(Object.fromEntries(entries)).problems?.join(' ') ?? ''
    }
    assert.match(said({ mode: 'shard', shard: '../x', only: 'lint' }), /Input `shard` is `\.\.\/x`/)
    assert.match(said({ mode: 'shard', shard: '1' }), /Mode `shard` needs the input `only`/)
    assert.match(said({ shard: '1' }), /Mode `shard` needs the input `only`/)
    assert.match(
      said({ mode: 'shard', shard: '1', only: 'lint', 'artifact-name': 'none' }),
      /`artifact-name` cannot be `none`/,
    )
    assert.match(said({ mode: 'collect', 'shard-by': 'level' }), /Input `shard-by` needs `mode: plan`/)
    assert.equal(said({ mode: 'shard', shard: 'a.b-1', only: 'lint', comment: 'sticky' }), '')
    const rules = (name: string, value: string): string => {
      const read = readShardRules((each) => (each === name ? value : ''))
      return 'mistake' in read ? read.mistake : ''
    }
    assert.match(rules('shard-by', 'colour'), /`shard-by` must be `level`, `runtime`, `label`, `instance`/)
    assert.match(rules('max-shards', '500'), /`max-shards` must be a whole number from 1 to 256/)
    assert.match(rules('max-levels', '0'), /`max-levels` must be a whole number of 1 or more/)
    assert.equal(parseShare('lots'), undefined)
    assert.deepEqual(parseShare('tokens=20000,cost-usd=1.5'), { tokens: 20_000, costUsd: 1.5 })
  })
})
