import assert from 'node:assert/strict'
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, it } from 'node:test'
import { compile } from '../../src/index.ts'
import { renderDiagnostics } from '../../src/report/diagnostic-text.ts'
import { createPlace, run } from '../cli/command-line.ts'
import { git } from '../rig/git-repository.ts'

const folder = resolve(import.meta.dirname, '../golden/pipelines')
const names = globSync('*/pipeline.yml', { cwd: folder })
  .map((path) => path.split(/[/\\]/)[0] ?? '')
  .toSorted()
const textOf = (path: string): string => readFileSync(join(folder, path), 'utf8')
const linesOf = (path: string): number => textOf(path).split('\n').length - 1

/** A repository with a pipeline and its scripts, on a branch that changes `src/app.ts`. */
function createRepository(name: string) {
  const place = createPlace({ 'src/app.ts': 'one\n', 'docs/guide.md': 'Guide\n', '.gitignore': '.orchestrator\n' })
  const scripts = join(folder, name, 'files')
  if (existsSync(scripts)) cpSync(scripts, place.path, { recursive: true })
  cpSync(join(folder, name, 'pipeline.yml'), join(place.path, 'pipeline.yml'))
  git(place.path, 'init', '-q', '-b', 'main')
  git(place.path, 'add', '-A')
  git(place.path, 'commit', '-q', '-m', 'Begin')
  git(place.path, 'update-ref', 'refs/remotes/origin/main', 'HEAD')
  git(place.path, 'checkout', '-q', '-b', 'topic')
  writeFileSync(join(place.path, 'src/app.ts'), 'two\n')
  git(place.path, 'commit', '-q', '-a', '-m', 'Change')
  return place
}

interface Run {
  readonly plan: {
    readonly edges: readonly { readonly from: string; readonly to: string; readonly taken: boolean | null }[]
  }
  readonly result: string
  readonly reason: string
  readonly verdict: { readonly verdict: string; readonly reason: string } | null
  readonly instances: readonly {
    readonly id: string
    readonly outcome: string
    readonly forgiven: boolean
    readonly detail: string
    readonly reason: string
    readonly text: string
    readonly members?: readonly string[]
  }[]
}

/** Instances that were started before what their taken edges come from had ended; a group starts with its first member. */
function startedEarly({ plan }: Run, events: readonly Event[]): string[] {
  const at = (type: string, of: (id: string) => boolean): number =>
    events.findIndex((event) => event.type === type && event.id !== undefined && of(event.id))
  return plan.edges.flatMap(({ from, to, taken }) => {
    const started = at('attempt.started', (id) => id === to || id.startsWith(`${to}.`))
    const ended = at('instance.ended', (id) => id === from)
    return taken === true && started !== -1 && started < ended ? [`${to} before the end of ${from}`] : []
  })
}

interface Event {
  readonly type: string
  readonly id?: string
  readonly runtime?: string
  readonly message?: string
}

/** What a run came to: each instance with the runtimes that were started for it, its outcome and why; then what would have been done on GitHub. */
function summarise(outcome: Run, events: readonly Event[]): string {
  const lines = outcome.instances.map(({ id, outcome: ended, forgiven, reason, members }) => {
    const starts = events.filter((event) => event.type === 'attempt.started' && event.id === id)
    const started = members === undefined ? starts.map(({ runtime }) => runtime).join(', ') || '–' : 'group'
    return `${id} | ${started} | ${ended}${forgiven ? ' (forgiven)' : ''}${reason === '' ? '' : ` ${reason}`}`
  })
  const shown = events.filter(({ type }) => type === 'notice').map(({ id, message }) => `${id ?? 'run'}: ${message}`)
  const verdict = outcome.verdict === null ? [] : [`verdict: ${outcome.verdict.verdict} (${outcome.verdict.reason})`]
  return `${[...lines, '', `run: ${[outcome.result, outcome.reason].filter(Boolean).join(', ')}`, ...verdict, ...shown.toSorted()].join('\n')}\n`
}

async function runScenario(name: string, scenario: string): Promise<string> {
  using place = createRepository(name)
  const given = join(place.path, '.orchestrator')
  mkdirSync(given)
  const event = join(folder, name, `${scenario}.event.json`)
  const rules = join(folder, name, `${scenario}.rules.yml`)
  const args = ['run', 'pipeline.yml', '--json', '--run-dir', '.orchestrator/run', '--simulate', rules]
  if (existsSync(event)) args.push('--event', event)
  // The end of the token is what the stand-in for the API answers with.
  const { err, out } = await run(place.path, args, { READ_TOKEN: `read-4f1c9a7d2e8b-${scenario === 'enough' ? 3 : 2}` })
  assert.ok(out.startsWith('{'), err)
  const lines = readFileSync(join(given, 'run/journal.ndjson'), 'utf8').trimEnd().split('\n')
  const events = lines.map((line): Event => JSON.parse(line))
  const outcome: Run = JSON.parse(out)
  assert.deepEqual(startedEarly(outcome, events), [])
  return summarise(outcome, events)
}

describe('a pipeline as it is found in the wild', { concurrency: 2 }, () => {
  for (const name of names) {
    it(`${name} passes check without a diagnostic`, () => {
      const { plan, diagnostics, sources } = compile('pipeline.yml', textOf(`${name}/pipeline.yml`))
      assert.equal(renderDiagnostics(diagnostics, sources, 'text'), '')
      assert.ok(plan)
    })

    const scenarios = globSync('*.rules.yml', { cwd: join(folder, name) }).map((file) => file.replace('.rules.yml', ''))
    for (const scenario of scenarios.toSorted())
      it(`${name}, ${scenario}: starts and ends as expected`, async () => {
        const came = await runScenario(name, scenario)
        const expected = join(folder, name, `${scenario}.expected`)
        if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, came)
        assert.equal(came, readFileSync(expected, 'utf8'))
      })
  }

  it('stands in the README of their folder, with its lines', () => {
    const rows = [
      ...textOf('README.md').matchAll(/^\| \[(\d\d-[\w-]+)\]\(\1\/pipeline\.yml\) \| (\d+)(?: \+ (\d+))? \|/gm),
    ]
    assert.deepEqual(
      rows.map(([, name = '', lines, more]) => [name, Number(lines), Number(more ?? 0)]),
      names.map((name) => [
        name,
        linesOf(`${name}/pipeline.yml`),
        globSync('files/ci/*', { cwd: join(folder, name) }).reduce((sum, file) => sum + linesOf(`${name}/${file}`), 0),
      ]),
    )
  })
})
