import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import type { Plan } from '../../src/core/plan.ts'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { printWorkflow } from '../../src/cli/compile/print-workflow.ts'
import { compile } from '../../src/workflow/compile.ts'
import { unzip } from '../rig/zip.ts'
import { openActProject, readOwn, skip } from './run-act.ts'
import { npmApp } from './npm-app.ts'

const checkout = '08c6903cd8c0fde910a37f88322edcfb5dd907a8'
const action = '0'.repeat(40)

/** What becomes of a file in one job, for comparison. */
const inOneJob = `on: pull_request
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@${checkout}
        with: { persist-credentials: false }
      - uses: org/orchestrator-action@${action}
        with: { config: .github/orchestrator.yml, comment: none, install: claude@2.1.332 }
        env: { ANTHROPIC_API_KEY: "\${{ secrets.ANTHROPIC_API_KEY }}" }
`

/** The report of a run without what differs between any two runs of a file: when it was, how long it took, where its files are. */
function comparable(json: string): unknown {
  const incidental =
    /^(?:runId|startedAt|endedAt|durationMs|at|directory|version|earlier|argv|notices|failedReports|commit)$|File$|Files$/
  return JSON.parse(json.replaceAll(/ in \d+m?s\b/g, ''), (key, value: unknown) =>
    incidental.test(key) ? undefined : value,
  )
}

/** Runs a file in one job and as compiled jobs; the reports of both. */
async function compare(t: TestContext, file: string, more: Readonly<Record<string, string>> = {}, rules = 'rules: []') {
  const { plan, diagnostics } = compile('.github/orchestrator.yml', file, {
    read: () => undefined,
    runtimes: runtimeFacts(),
  })
  assert.ok(plan, JSON.stringify(diagnostics))
  const base = {
    ...more,
    '.github/orchestrator.yml': file,
    '.github/workflows/one.yml': inOneJob,
    '.github/workflows/jobs.yml': workflowOf(plan),
  }
  const reports: unknown[] = []
  for (const name of ['one', 'jobs']) {
    // Each has a model server of its own, which remembers what it was sent.
    const project = await openActProject(t, base, { 'src/a.txt': 'new\n' }, { rules })
    const { output } = await project.run({
      event: 'pull_request',
      payload: project.opened,
      workflow: `.github/workflows/${name}.yml`,
      uses: [checkout, action],
    })
    const runs = project.results.artifacts.flatMap(({ name: of, bytes }) => {
      const report = unzip(bytes).get('run.json')
      return report === undefined || (name === 'jobs' && !of.includes('collect')) ? [] : [report.toString()]
    })
    assert.equal(runs.length, 1, output)
    reports.push(comparable(runs[0] ?? ''))
  }
  return { one: reports[0], jobs: reports[1] }
}

function workflowOf(plan: Plan): string {
  return printWorkflow(plan, '.github/orchestrator.yml', {
    jobs: 'instance',
    events: ['pull_request'],
    runsOn: 'ubuntu-latest',
    action: `org/orchestrator-action@${action}`,
    secrets: [],
    header: 'for a test',
  })
}

describe(
  'a compiled workflow, by a runner that is not ours, comes to what one job comes to',
  { skip, timeout: 900_000 },
  () => {
    it('of checks', async (t) => {
      const { one, jobs } = await compare(t, readOwn('examples/workflows/fork-checks.orchestrator.yml'), npmApp)
      assert.deepEqual(jobs, one)
    })

    it('where edges are taken and not taken, with a matrix, a loop and values that are handed on', async (t) => {
      const { one, jobs } = await compare(
        t,
        `name: paths
defaults: { retry: 0 }
instances:
  build: { run: 'echo "size=3" >> "$ORCHESTRATOR_OUTPUT"' }
  test: { needs: build, run: 'echo "$SIZE"; exit 4', env: { SIZE: "\${{ needs.build.outputs.size }}" }, continue-on-error: true }
  mend: { needs: { instance: test, when: failure }, run: 'echo mended' }
  never: { needs: { instance: build, when: failure }, run: 'echo no' }
  after: { needs: never, run: 'echo no' }
  cells: { needs: mend, strategy: { matrix: { os: [a, b] } }, run: 'echo "$OS"', env: { OS: "\${{ matrix.os }}" } }
  green: { needs: build, repeat: { until: "needs.try.text == '2\\n'", max: 3 }, sequence: [{ id: try, run: 'echo x >> "$HOME/tries-$GITHUB_RUN_ID-$GITHUB_JOB"; wc -l < "$HOME/tries-$GITHUB_RUN_ID-$GITHUB_JOB"', env-from: [GITHUB_RUN_ID, GITHUB_JOB] }] }
  end: { needs: [cells, green, after], if: always(), run: 'echo "$ALL"', env: { ALL: "\${{ needs.cells.result }} \${{ needs.green.result }} \${{ needs.after.reason }}" } }
`,
      )
      assert.deepEqual(jobs, one)
    })

    it('of reviewers of what changed, of whom one has nothing to do', async (t) => {
      const reply = '{ json: { max-severity: none, summary: Nothing., findings: [] } }'
      const { one, jobs } = await compare(
        t,
        readOwn('test/golden/pipelines/11-monorepo/pipeline.yml'),
        {},
        `rules:\n  - match: { prompt: "changes of the code" }\n    reply: ${reply}\n`,
      )
      assert.deepEqual(jobs, one)
    })

    it('of a review that an input asks for', async (t) => {
      const { one, jobs } = await compare(
        t,
        readOwn('examples/workflows/comment.orchestrator.yml'),
        { 'change.diff': '+new\n' },
        'rules:\n  - match: { prompt: "anything that is wrong" }\n    reply: { text: One short review. }\n',
      )
      assert.deepEqual(jobs, one)
    })
  },
)
