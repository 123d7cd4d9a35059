import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { printWorkflow } from '../../src/cli/compile/print-workflow.ts'
import type { Plan } from '../../src/core/plan.ts'
import { compile, compileWithChecks } from '../../src/workflow/compile.ts'
import { acceptJsonImports } from '../docs/json-imports.ts'
import { createPlace, run } from './command-line.ts'

acceptJsonImports()
const { workflowMistakes } = await import('../docs/workflow-files.ts')

const root = resolve(import.meta.dirname, '../..')

interface Step {
  readonly uses: string
  readonly run?: string
  readonly with: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

interface Workflow {
  readonly on: Readonly<Record<string, { readonly inputs?: object }>>
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly needs?: readonly string[]
        readonly if?: string
        readonly permissions: object
        readonly outputs?: object
        readonly 'runs-on'?: string | readonly string[]
        readonly environment?: string
        readonly strategy?: {
          readonly 'fail-fast': boolean
          readonly matrix: { readonly include: readonly { readonly only: string; readonly 'runs-on'?: string }[] }
        }
        readonly steps: readonly Step[]
      }
    >
  >
}

/** Compiles a text; the workflow, and the command's outcome. */
async function compiled(text: string, ...args: string[]) {
  using place = createPlace({ 'ci.yml': text })
  const outcome = await run(place.path, ['compile', 'ci.yml', '--target', 'github', ...args])
  const workflow: Workflow = parse(outcome.out) ?? { on: {}, jobs: {} }
  return { ...outcome, workflow, mistakes: outcome.out === '' ? [] : await workflowMistakes('ci.yml', outcome.out) }
}

const stepOf = ({ jobs }: Workflow, key: string): Step => {
  const step = jobs[key]?.steps.at(-1)
  assert.ok(step, `no job ${key}: ${Object.keys(jobs).join()}`)
  return step
}

/** The orchestration files that the repository shows, from its root. */
function files(): string[] {
  const examples = readdirSync(join(root, 'examples')).filter((name) => name.endsWith('.yml'))
  const workflows = readdirSync(join(root, 'examples/workflows')).filter((name) => name.endsWith('.orchestrator.yml'))
  const pipelines = readdirSync(join(root, 'test/golden/pipelines'))
    .map((name) => `test/golden/pipelines/${name}/pipeline.yml`)
    .filter((path) => existsSync(join(root, path)))
  return [
    ...examples.map((name) => `examples/${name}`),
    ...workflows.map((name) => `examples/workflows/${name}`),
    ...pipelines,
  ]
}

/** The plan of a file, as it stands. */
async function planOf(path: string): Promise<Plan> {
  const text = readFileSync(join(root, path), 'utf8')
  const read = (name: string): string | undefined =>
    existsSync(join(root, name)) ? readFileSync(join(root, name), 'utf8') : undefined
  const { plan, diagnostics } = await compileWithChecks(text, (checks) =>
    compile(path, text, { read, runtimes: runtimeFacts(), ...checks }),
  )
  assert.ok(plan, `${path}: ${JSON.stringify(diagnostics)}`)
  return plan
}

const rules = { events: ['workflow_dispatch'], runsOn: 'ubuntu-latest', action: 'org/a@v1', secrets: [], header: '' }

const chain = `instances:
  build: { run: make }
  test: { needs: build, run: make test }
  mend: { needs: { instance: test, when: failure }, run: make mend }
  clean: { needs: test, if: always(), run: make clean }
  any: { needs: [build, test], join: any, run: make any }
`

describe('a file compiled to a workflow of jobs', { concurrency: 2 }, () => {
  it('is valid for GitHub, for every file of examples and pipelines, by level and by instance', async () => {
    let count = 0
    for (const path of files()) {
      const plan = await planOf(path)
      for (const jobs of ['level', 'instance'] as const) {
        const text = printWorkflow(plan, path, { ...rules, jobs })
        assert.deepEqual(await workflowMistakes(path, text), [], text)
        const workflow: Workflow = parse(text)
        const shards = Object.values(workflow.jobs).flatMap(({ steps, strategy }) =>
          (strategy?.matrix.include.map(({ only }) => only) ?? [steps.at(-1)?.with['only'] ?? '']).flatMap((only) =>
            only.split(','),
          ),
        )
        assert.equal(new Set(shards).size, shards.length, `${path} runs something twice`)
        for (const { steps } of Object.values(workflow.jobs))
          for (const { run: script } of steps) assert.equal(script, undefined)
        count++
      }
    }
    assert.ok(count > 40, String(count))
  })

  it('has a job for each instance that starts where its edges may be taken, and one that always collects', async () => {
    const { workflow, mistakes, code } = await compiled(chain, '--jobs', 'instance')
    assert.equal(code, 0)
    assert.deepEqual(mistakes, [])
    const { jobs } = workflow
    assert.deepEqual(Object.keys(jobs).toSorted(), ['any', 'build', 'clean', 'collect', 'mend', 'test'])
    assert.equal(jobs['build']?.if, undefined)
    assert.equal(jobs['test']?.if, `\${{ !cancelled() && !contains(needs.build.outputs.failed, '"build"') }}`)
    assert.match(
      jobs['mend']?.if ?? '',
      /needs\.test\.outputs\.failed == '' \|\| contains\(needs\.test\.outputs\.failed, '"test"'\)/,
    )
    assert.equal(jobs['clean']?.if, '${{ !cancelled() }}')
    assert.equal(jobs['any']?.if, '${{ !cancelled() }}')
    assert.equal(jobs['collect']?.if, '${{ !cancelled() }}')
    assert.equal(jobs['collect']?.needs?.length, 5)
    assert.deepEqual(jobs['test']?.permissions, { contents: 'read' })
    assert.equal(stepOf(workflow, 'test').with['only'], 'test')
  })

  it('keeps loops and matrices that are known at run time in one job, and makes one with a matrix of the cells of a static one', async () => {
    const { workflow, mistakes } = await compiled(
      `instances:
  list: { run: 'echo "x=[1,2]" >> "$ORCHESTRATOR_OUTPUT"' }
  later: { needs: list, strategy: { matrix: { x: "\${{ fromJSON(needs.list.outputs.x) }}" } }, run: make }
  cells: { strategy: { matrix: { os: [a, b, c] } }, run: make }
  green: { repeat: { until: success(), max: 3 }, sequence: [{ id: fix, run: make }, { id: test, run: make }] }
`,
      '--jobs',
      'instance',
    )
    assert.deepEqual(mistakes, [])
    assert.deepEqual(Object.keys(workflow.jobs).toSorted(), ['cells', 'collect', 'green', 'later', 'list'])
    assert.deepEqual(
      workflow.jobs['cells']?.strategy?.matrix.include.map(({ only }) => only),
      ['cells.a', 'cells.b', 'cells.c'],
    )
    assert.equal(stepOf(workflow, 'green').with['only'], 'green')
  })

  it('gives each job the secrets, permissions and part of the budget of its own instances', async () => {
    const { workflow } = await compiled(
      `budget: { tokens: 1000 }
instances:
  ask: { prompt: hi, effects: { comment: { on: 1 } } }
  publish: { run: npm publish, secrets: [NPM_TOKEN], env-from: [REGISTRY] }
`,
      '--jobs',
      'instance',
    )
    assert.deepEqual(stepOf(workflow, 'publish').env, {
      NPM_TOKEN: '${{ secrets.NPM_TOKEN }}',
      REGISTRY: '${{ vars.REGISTRY }}',
    })
    assert.deepEqual(stepOf(workflow, 'ask').env, { ANTHROPIC_API_KEY: '${{ secrets.ANTHROPIC_API_KEY }}' })
    assert.deepEqual(workflow.jobs['publish']?.permissions, { contents: 'read' })
    assert.deepEqual(workflow.jobs['ask']?.permissions, { contents: 'read', 'pull-requests': 'write' })
    assert.equal(stepOf(workflow, 'ask').with['budget'], 'tokens=1000')
  })

  it('asks for the inputs of the file, and puts in those that decide which instances there are, as no expression', async () => {
    const text = `inputs:
  word: { default: "it's }} fine" }
  count: { type: number, default: 2 }
  minutes: { type: number, default: 5 }
  more: { default: "{}" }
instances:
  set: { timeout-minutes: "\${{ inputs.minutes }}", env: "\${{ fromJSON(inputs.more) }}", run: make }
  say: { run: 'echo "$WORD"', env: { WORD: "\${{ inputs.word }}" } }
`
    const evil = '{"A":"$\\u007b{ secrets.TOKEN }}","B":"${{ secrets.TOKEN }}"}'
    const { workflow, mistakes, out } = await compiled(text, '--input', `more=${evil}`, '--input', 'minutes=7')
    assert.deepEqual(mistakes, [], out)
    assert.deepEqual(Object.keys(workflow.on['workflow_dispatch']?.inputs ?? {}), ['word', 'count'])
    const given = stepOf(workflow, 'level-1').with['inputs'] ?? ''
    assert.doesNotMatch(given, /secrets\.TOKEN \}\}/)
    assert.equal(parse(given.split('\n').find((line) => line.startsWith('more:')) ?? '').more, evil)
    assert.match(given, /^minutes: 7$/m)
    assert.match(
      given,
      /^count: \$\{\{ github\.event_name == 'workflow_dispatch' && toJSON\(inputs\.count\) \|\| '2' \}\}$/m,
    )
  })

  it('says how it was made in comments, whatever lines that has', async () => {
    const { workflow, code, mistakes } = await compiled(
      'inputs: { who: { default: me } }\ninstances: { a: { run: make } }\n',
      '--on',
      'push',
      '--input',
      'who=a\nenv: {}\r\njobs: {}\rpermissions: write-all\u2028on: issues\u0085x',
    )
    assert.equal(code, 0)
    assert.deepEqual(mistakes, [])
    assert.deepEqual(Object.keys(workflow), ['name', 'on', 'permissions', 'concurrency', 'jobs'])
    assert.deepEqual(workflow.on, { push: {} })
  })

  it('refuses by name and place what cannot be a job, and inputs that an event does not give', async () => {
    const { code, err } = await compiled('instances:\n  ship: { run: make, approval: true }\n')
    assert.equal(code, 2)
    assert.match(err, /ci\.yml:2:22: error\[unsupported\]: `approval` is not supported yet/)
    const asked = await compiled('inputs: { who: { required: true } }\ninstances: { a: { run: make } }\n')
    assert.equal(asked.code, 2)
    assert.match(asked.err, /the input `who` has no value on `pull_request`/)
    const many = Array.from({ length: 26 }, (_, index) => `i${index}: { default: a }`).join(', ')
    const crowded = `inputs: { ${many} }\ninstances: { a: { run: make } }\n`
    const refused = await compiled(crowded)
    assert.equal(refused.code, 2)
    assert.match(refused.err, /the file has 26 inputs, and `workflow_dispatch` may have 25/)
    assert.equal((await compiled(crowded, '--on', 'push')).code, 0)
    for (const args of [
      ['--on', 'push: {}'],
      ['--secret', 'A B'],
      ['--action', 'x'],
      ['--runs-on', '${{ x }}'],
    ])
      assert.equal((await compiled(chain, ...args)).code, 2, args.join())
  })

  it('gives each job the runner and the environment that its instances ask for, and tells the action of that', async () => {
    const { workflow, mistakes, code } = await compiled(
      `instances:
  build: { run: make }
  test:
    strategy: { matrix: { os: [ubuntu-24.04, ubuntu-24.04-arm] } }
    runs-on: "\${{ matrix.os }}"
    run: make test
  train: { runs-on: [self-hosted, gpu], run: make train }
  deploy: { needs: build, environment: production, run: make deploy }
`,
      '--jobs',
      'instance',
    )
    assert.equal(code, 0)
    assert.deepEqual(mistakes, [])
    const { jobs } = workflow
    assert.deepEqual(
      ['build', 'test', 'train', 'deploy', 'collect'].map((key) => [jobs[key]?.['runs-on'], jobs[key]?.environment]),
      [
        ['ubuntu-latest', undefined],
        ['${{ matrix.runs-on }}', undefined],
        [['self-hosted', 'gpu'], undefined],
        ['ubuntu-latest', 'production'],
        ['ubuntu-latest', undefined],
      ],
    )
    assert.deepEqual(
      jobs['test']?.strategy?.matrix.include.map((cell) => cell['runs-on']),
      ['ubuntu-24.04', 'ubuntu-24.04-arm'],
    )
    assert.equal(stepOf(workflow, 'deploy').with['environment'], 'production')
    assert.equal(stepOf(workflow, 'build').with['environment'], undefined)
  })

  it('never puts what asks for different jobs into one, and refuses what must be in one by name and place', async () => {
    const { workflow } = await compiled(`instances:
  a: { run: make }
  b: { runs-on: gpu, run: make }
  c: { environment: production, run: make }
`)
    assert.deepEqual(Object.keys(workflow.jobs).slice(0, 3), ['level-1', 'level-1-gpu', 'level-1-production'])
    const level = Object.values(workflow.jobs).filter(({ steps }) => steps.at(-1)?.with['mode'] === 'shard')
    assert.deepEqual(
      level.map((job) => [job.steps.at(-1)?.with['only'], job['runs-on'], job.environment]),
      [
        ['a', 'ubuntu-latest', undefined],
        ['b', 'gpu', undefined],
        ['c', 'ubuntu-latest', 'production'],
      ],
    )
    const { code, err } = await compiled(`instances:
  green:
    repeat: { until: success(), max: 3 }
    sequence:
      - { id: fix, runs-on: gpu, run: make }
      - { id: test, runs-on: arm, run: make }
`)
    assert.equal(code, 2)
    assert.match(err, /ci\.yml:6:\d+: error\[different-jobs\]: `green\.test` and `green\.fix` must be in one job/)
  })

  it('lets the first cell of a matrix that fails end the others, and says where that cannot be', async () => {
    const matrix = (failFast: string): string =>
      `instances:\n  cells: { strategy: { ${failFast}matrix: { os: [a, b] } }, runs-on: "\${{ matrix.os }}", run: make }\n`
    const one = await compiled(matrix(''), '--jobs', 'instance')
    assert.equal(one.err, '')
    assert.equal(one.workflow.jobs['cells']?.strategy?.['fail-fast'], true)
    assert.equal(String(stepOf(one.workflow, 'cells').with['fail-fast']), 'true')
    const free = await compiled(matrix('fail-fast: false, '), '--jobs', 'instance')
    assert.equal(free.workflow.jobs['cells']?.strategy?.['fail-fast'], false)
    assert.equal(stepOf(free.workflow, 'cells').with['fail-fast'], undefined)
    const apart = await compiled(matrix(''))
    assert.equal(apart.code, 0)
    assert.match(
      apart.err,
      /ci\.yml:2:\d+: warning\[fail-fast-in-each-job\]: `fail-fast` of `cells` ends its cells in the same job, and they are in 2/,
    )
    assert.doesNotMatch((await compiled(matrix('fail-fast: false, '))).err, /fail-fast/)
  })

  it('keeps together what one instance may end of others', async () => {
    const { workflow, mistakes } = await compiled(
      `instances:
  votes: { strategy: { fail-fast: false, matrix: { n: [1, 2, 3] } }, run: make }
  first: { needs: { instance: votes, at-least: 2, cancel-rest: true }, run: make }
  one: { run: make }
  two: { run: make }
  any: { needs: [one, two], join: { at-least: 1, cancel-rest: true }, run: make }
  fast: { strategy: { fail-fast: true }, parallel: { a: { run: make }, b: { run: make } } }
  slow: { parallel: { a: { run: make }, b: { run: make } } }
`,
      '--jobs',
      'instance',
    )
    assert.deepEqual(mistakes, [])
    const parts = Object.keys(workflow.jobs).flatMap((key) => stepOf(workflow, key).with['only'] ?? [])
    assert.deepEqual(parts.toSorted(), ['fast', 'one,two,any', 'slow.a', 'slow.b', 'votes,first'])
  })

  it('is written, found to be up to date or not, and overwrites nothing of anybody else', async () => {
    using place = createPlace({ 'ci.yml': chain, 'mine.yml': 'name: mine\n' })
    const command = (path: string, ...more: string[]) =>
      run(place.path, ['compile', 'ci.yml', '--target', 'github', '--output', path, ...more])
    const path = '.github/workflows/ci.yml'
    assert.equal((await command(path, '--check')).code, 1)
    assert.equal((await command(path)).code, 0)
    const first = readFileSync(join(place.path, path), 'utf8')
    assert.match(
      first,
      /^# Made by `orchestrator compile ci\.yml --target github --output \.github\/workflows\/ci\.yml`/,
    )
    assert.equal((await command(path)).code, 0)
    assert.equal(readFileSync(join(place.path, path), 'utf8'), first)
    assert.equal((await command(path, '--check')).code, 0)
    writeFileSync(join(place.path, 'ci.yml'), `${chain}  more: { needs: test, run: make }\n`)
    const stale = await command(path, '--check')
    assert.equal(stale.code, 1)
    assert.match(stale.err, /is out of date/)
    assert.equal((await command('mine.yml')).code, 2)
    assert.equal(readFileSync(join(place.path, 'mine.yml'), 'utf8'), 'name: mine\n')
  })
})
