import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { before, describe, it } from 'node:test'
import { parse } from 'yaml'
import { compile } from '../../src/index.ts'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { acceptJsonImports } from './json-imports.ts'

const root = resolve(import.meta.dirname, '../..')
const folder = join(root, 'examples/workflows')
const textOf = (path: string): string => readFileSync(path, 'utf8')
const names = globSync('*.yml', { cwd: folder })
  .filter((name) => !name.endsWith('.orchestrator.yml'))
  .toSorted()

interface Step {
  readonly uses?: string
  readonly with?: Readonly<Record<string, unknown>>
  readonly run?: string
}
interface Workflow {
  readonly on: unknown
  readonly permissions?: Readonly<Record<string, string>>
  readonly jobs: Readonly<
    Record<
      string,
      { readonly steps: readonly Step[]; readonly permissions?: unknown; readonly 'timeout-minutes'?: number }
    >
  >
}

let parser: typeof import('./workflow-files.ts')
before(async () => {
  acceptJsonImports()
  parser = await import('./workflow-files.ts')
})

/** What the README says that each workflow may do. */
const table = new Map(
  [
    ...textOf(join(root, 'README.md')).matchAll(
      /^\| \[`([\w-]+\.yml)`\]\(examples\/workflows\/\1\) \| .* \| (.*) \|$/gm,
    ),
  ].map(([, name = '', permissions = '']) => [
    name,
    [...permissions.matchAll(/`([\w-]+: \w+)`/g)].map(([, each = '']) => each).toSorted(),
  ]),
)

describe('the workflows to copy', () => {
  it('are those of the README', () => {
    assert.ok(names.length >= 6, names.join())
    assert.deepEqual([...table.keys()].toSorted(), names)
  })

  for (const name of names) {
    const text = textOf(join(folder, name))
    const workflow: Workflow = parse(text)
    const jobs = Object.values(workflow.jobs)
    const steps = jobs.flatMap((job) => job.steps)

    it(`${name} is a workflow by GitHub's own parser`, async () => {
      assert.deepEqual(await parser.workflowMistakes(name, text), [])
    })

    it(`${name} has the permissions that the README says, and no others`, () => {
      const { permissions = {} } = workflow
      assert.deepEqual(
        Object.entries(permissions)
          .map(([scope, access]) => `${scope}: ${access}`)
          .toSorted(),
        table.get(name),
      )
      assert.ok(jobs.every((job) => job.permissions === undefined))
    })

    it(`${name} pins every action to a commit and gives no token to what it runs`, () => {
      const uses = [...text.matchAll(/^\s*(?:- )?uses: (.*)$/gm)].map(([, each = '']) => each)
      assert.equal(uses.length, steps.filter((step) => step.uses !== undefined).length)
      for (const each of uses) assert.match(each, /^[\w-]+\/[\w-]+@[0-9a-f]{40} # /)
      for (const step of steps)
        if (step.uses?.startsWith('actions/checkout@') === true) assert.equal(step.with?.['persist-credentials'], false)
      assert.ok(jobs.every((job) => (job['timeout-minutes'] ?? 0) > 0))
    })

    it(`${name} runs no stranger's code with secrets`, () => {
      assert.doesNotMatch(text, /pull_request_target/)
      const events = typeof workflow.on === 'string' ? [workflow.on] : Object.keys(Object(workflow.on))
      const isStrangers = events.some((event) => ['workflow_run', 'issue_comment'].includes(event))
      for (const step of steps) {
        assert.doesNotMatch(step.run ?? '', /\$\{\{/, 'text of an event becomes a part of a script')
        if (isStrangers) assert.equal(step.with?.['ref'], undefined)
      }
    })

    it(`${name} runs an orchestration file without mistakes`, () => {
      const configs = steps.flatMap((step) => {
        const config = step.with?.['config']
        return typeof config === 'string' ? [config] : []
      })
      assert.equal(new Set(configs).size, 1)
      const path = join(folder, basename(configs[0] ?? ''))
      assert.ok(existsSync(path), path)
      const { diagnostics, sources } = compile(path, textOf(path), { read: () => undefined })
      assert.deepEqual(diagnostics, [], renderDiagnostics(diagnostics, sources, 'text'))
    })
  }

  it('would be found to be wrong', async () => {
    const broken = 'on: pull_reqest\njobs: { a: { runs-on: x, steps: [{ uses: a/b@v1, run: b }] } }\n'
    assert.ok((await parser.workflowMistakes('broken.yml', broken)).length > 0)
  })
})
