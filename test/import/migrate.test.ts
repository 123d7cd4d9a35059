import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { runtimeFacts } from '../../src/agents/registry.ts'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { compile } from '../../src/workflow/compile.ts'
import { looksLikeWorkflow, migrateWorkflow } from '../../src/workflow/migrate-workflow.ts'
import { acceptJsonImports } from '../docs/json-imports.ts'

acceptJsonImports()
const { workflowMistakes } = await import('../docs/workflow-files.ts')

const golden = join(import.meta.dirname, '../golden/migrate')
const names = readdirSync(golden).filter((name) => !name.endsWith('.out'))
const versions = { claude: '2.1.332', codex: '0.171.0', gemini: '0.61.0' }
/** Git may have changed the line ends of the one that is about them. */
const textOf = (name: string): string => {
  const text = readFileSync(join(golden, name), 'utf8')
  return name.includes('crlf') ? text.replaceAll(/\r?\n/g, '\r\n') : text
}
const migrate = (name: string) => migrateWorkflow(`.github/workflows/${name}`, textOf(name), versions)

interface Job {
  readonly steps?: readonly unknown[]
  readonly [key: string]: unknown
}
interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>
  readonly [key: string]: unknown
}

/** A mistake without its place: lines move when comments are added. */
const unplaced = (mistake: string): string => mistake.replace(/^.*\(Line: \d+, Col: \d+\): /, '')

const isOurs = (step: unknown): boolean => JSON.stringify(step).includes('"org/orchestrator-action@')

describe('a workflow that runs agents', () => {
  for (const name of names)
    it(`becomes what it must: ${name}`, () => {
      const { files, diagnostics, sources } = migrate(name)
      const shown = [
        ...files.map(({ path, text }) => `# file: ${path}\n${text}`),
        renderDiagnostics(diagnostics, sources, 'line'),
      ].join('---\n')
      const path = join(golden, `${name}.out`)
      if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${shown.trimEnd()}\n`)
      assert.equal(`${shown.trimEnd()}\n`, readFileSync(path, 'utf8'))
    })

  for (const name of names)
    it(`becomes files that GitHub and we accept: ${name}`, async () => {
      const before = new Set((await workflowMistakes(name, textOf(name))).map(unplaced))
      const { files } = migrate(name)
      for (const { path, text } of files)
        if (path.endsWith('.orchestrator.yml') && !path.includes('/workflows/')) {
          const { plan, diagnostics, sources } = compile(path, text, {
            runtimes: runtimeFacts(),
            read: () => 'Look.',
          })
          assert.deepEqual(
            diagnostics.filter(({ severity }) => severity === 'error'),
            [],
            renderDiagnostics(diagnostics, sources, 'text'),
          )
          assert.ok(plan !== undefined || diagnostics.length > 0)
        } else
          assert.deepEqual(
            (await workflowMistakes(path, text)).map(unplaced).filter((mistake) => !before.has(mistake)),
            [],
          )
    })

  it('runs the lines of a script that calls several agents in their order, each call as an instance', () => {
    const [first] = migrate('several-calls.yml').files
    const { jobs } = parse(first?.text ?? '') as Workflow
    const steps = (jobs['agents']?.steps ?? []) as Record<string, string>[]
    const own = steps.filter(({ name }) => name?.startsWith('Plan and review ') === true)
    const said = own.map((step) => (isOurs(step) ? 'agent' : (step['run'] ?? '').split('\n')))
    const options = 'set -euo pipefail'
    assert.deepEqual(said, [
      [options, '# First the plan.', 'npm ci'],
      'agent',
      [options, 'test -s plan.md', 'if grep -q TODO plan.md; then', '  echo "there is something to do"', 'fi'],
      'agent',
      [options, 'git diff > work.diff'],
      'agent',
    ])
  })

  for (const name of names.filter((each) => !each.includes('target') && !each.startsWith('several')))
    it(`keeps all else of it: ${name}`, () => {
      const { files } = migrate(name)
      const [first] = files
      if (first === undefined) return
      const [was, is]: [Workflow, Workflow] = [parse(textOf(name), { merge: true }), parse(first.text, { merge: true })]
      const { jobs: jobsBefore, ...restBefore } = was
      const { jobs: jobsNow, ...restNow } = is
      assert.deepEqual(restNow, restBefore)
      assert.deepEqual(Object.keys(jobsNow), Object.keys(jobsBefore))
      for (const [id, job] of Object.entries(jobsBefore)) {
        if (!Array.isArray(job?.steps)) {
          assert.deepEqual(jobsNow[id], job)
          continue
        }
        const stepsNow = jobsNow[id]?.steps ?? []
        const others = stepsNow.filter((step) => !isOurs(step) && !/Write the answer to/.test(JSON.stringify(step)))
        const taken = stepsNow.filter(isOurs).length
        assert.equal(others.length + taken, job.steps.length, id)
        for (const step of others)
          assert.ok(
            job.steps.some((known) => JSON.stringify(known) === JSON.stringify(step)) ||
              JSON.stringify(step).includes('outputs'),
            `${id}: ${JSON.stringify(step)}`,
          )
        // Conditions, names and limits stay with the step that is in the place of the agent's.
        for (const [index, step] of stepsNow
          .filter((each) => !/Write the answer to/.test(JSON.stringify(each)))
          .entries()) {
          const known = job.steps[index] as Record<string, unknown> | null
          if (known === null || typeof known !== 'object' || !isOurs(step)) continue
          const now = step as Record<string, unknown>
          for (const key of ['name', 'id', 'continue-on-error', 'timeout-minutes'])
            if (known[key] !== undefined) assert.deepEqual(now[key], known[key])
          if (known['if'] !== undefined)
            assert.ok(
              JSON.stringify(now['if']).includes(
                JSON.stringify(known['if'])
                  .slice(1, -1)
                  .replace(/^\$\{\{|\}\}$/g, '')
                  .trim(),
              ),
            )
          for (const [variable, value] of Object.entries(known['env'] ?? {}))
            assert.equal((now['env'] as Record<string, unknown>)[variable], value)
        }
      }
    })

  it('has each input of an agent either in a file or in a diagnostic', () => {
    for (const name of names) {
      const { files, diagnostics } = migrate(name)
      if (files.length === 0) continue
      const all = [...files.map(({ text }) => text), ...diagnostics.map(({ message }) => message)]
        .join('\n')
        .toLowerCase()
        .replaceAll('-', '')
      const was: Workflow = parse(textOf(name), { merge: true })
      for (const job of Object.values(was.jobs))
        for (const step of Array.isArray(job?.steps) ? job.steps : []) {
          const { uses = '', with: given = {} } = (step ?? {}) as { uses?: string; with?: Record<string, unknown> }
          if (!/claude-code|codex-action|gemini-cli/.test(uses ?? '') || typeof given !== 'object') continue
          for (const [key, value] of Object.entries(given ?? {})) {
            const words = String(value)
              .split(/[^\p{L}\p{N}]+/u)
              .filter((word) => word.length > 3 && word !== 'true')
            const missing = words.filter((word) => !all.includes(word.toLowerCase()))
            assert.deepEqual(missing, [], `${name}: ${key} of ${uses}`)
          }
        }
    }
  })

  it('on pull_request_target leaves no secret beside foreign code', () => {
    for (const name of names.filter((each) => each.startsWith('target'))) {
      const { files } = migrate(name)
      const checks = files.find(({ path }) => path.endsWith('.checks.yml'))?.text ?? ''
      const publish = files.find(({ path }) => path.endsWith('.publish.yml'))?.text ?? ''
      const read: Workflow = parse(checks)
      assert.doesNotMatch(checks.replaceAll(/^ *#.*$/gm, ''), /secrets|github\.token/)
      assert.deepEqual(read['permissions'], { contents: 'read' })
      assert.ok(Object.values(read.jobs).every((job) => job['permissions'] === undefined))
      assert.deepEqual(Object.keys(read['on'] as object), ['pull_request'])
      for (const job of Object.values((parse(publish) as Workflow).jobs))
        for (const step of job.steps ?? []) {
          const { uses = '', with: given = {} } = step as { uses?: string; with?: Record<string, unknown> }
          if (!uses.startsWith('actions/checkout')) continue
          assert.equal(given['ref'], undefined)
          assert.equal(given['persist-credentials'], false)
        }
      assert.ok(!files.some(({ text }) => /^ *pull_request_target:/m.test(text)))
    }
  })

  it('of ten thousand steps is read in a moment, and one cut anywhere does no harm', () => {
    const step = '      - { name: "step", run: "echo 1", env: { A: "${{ github.sha }}" } }\n'
    const agent =
      '      - uses: openai/codex-action@v1\n        with: { prompt: "Look.", openai-api-key: "${{ secrets.K }}" }\n'
    const large = `on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${step.repeat(10_000)}${agent}`
    const { files } = migrateWorkflow('large.yml', large, versions)
    assert.equal((parse(files[0]?.text ?? '', { maxAliasCount: -1 }) as Workflow).jobs['a']?.steps?.length, 10_001)
    for (const name of names) {
      const text = textOf(name)
      for (let cut = 0; cut < text.length; cut += 41) {
        migrateWorkflow('cut.yml', text.slice(0, cut), versions)
        migrateWorkflow('hole.yml', text.slice(0, cut) + text.slice(cut + 7), versions)
      }
    }
  })

  it('is told from other files', () => {
    for (const name of names.filter((each) => each !== 'empty.yml')) assert.ok(looksLikeWorkflow(textOf(name)), name)
    assert.ok(!looksLikeWorkflow('instances: { a: { run: x } }'))
    assert.ok(!looksLikeWorkflow('jobs: [a]'))
  })
})
