import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { outputsOf } from '../../src/action/outputs.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { RunState } from '../../src/core/run-state.ts'
import { compile } from '../../src/index.ts'
import { createConsoleReporter } from '../../src/report/console.ts'
import type { RunJson } from '../../src/report/run-json.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { renderComment } from '../../src/report/comment.ts'
import { withAnswers } from '../../src/report/with-answers.ts'
import { run as runCommand } from '../cli/command-line.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import { openLedgerServer } from './ledger-server.ts'

const claude = (url: string) => ({ ANTHROPIC_BASE_URL: url, ANTHROPIC_API_KEY: 'sk-ant-ledger-0000000000000000000000' })
const codex = (url: string) => ({ OPENAI_BASE_URL: `${url}/v1`, OPENAI_API_KEY: 'k' })

let folder: string
let state: RunState
let run: RunJson
let summary: string
let printed = ''

/** What the command looks at. */
const looked = ['exact', 'lost', 'unpriced', 'all']

/** Two claudes whose cost is exact, one that lost a request, and a codex that says no cost; a command looks at them. */
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'one-figure-'))
  mkdirSync(join(folder, 'user'))
  const server = await openLedgerServer()
  try {
    const exact = server.open('exact', [{ text: 'one', usage: { cacheRead: 5000, output: 70, reasoning: 30 } }])
    const denied = server.open('denied', [{ run: ['touch forbidden'] }, { text: 'Fixed everything.' }])
    const lost = server.open('lost', [{ text: 'two two', breakOff: 'reset' }, { text: 'two' }])
    const unpriced = server.open('unpriced', [{ text: 'three' }])
    const figures = (id: string) =>
      `\${{ needs.${id}.cost-usd }} \${{ needs.${id}.cost-partial }} \${{ needs.${id}.usage.total }} \${{ needs.${id}.usage.partial }}`
    const instances = {
      exact: { prompt: 'go', env: claude(exact) },
      denied: { prompt: 'go', env: claude(denied) },
      lost: { prompt: 'go', env: claude(lost) },
      unpriced: { runtime: 'codex', prompt: 'go', env: codex(unpriced) },
      all: {
        parallel: {
          again: { prompt: 'go', env: claude(exact) },
          dark: { runtime: 'codex', prompt: 'go', env: codex(unpriced) },
        },
      },
      look: {
        needs: looked,
        env: Object.fromEntries(looked.map((id) => [id.toUpperCase(), figures(id)])),
        run: looked.map((id) => `echo "$${id.toUpperCase()}"`).join('\n'),
      },
    }
    const { plan, diagnostics } = compile('one-figure.yml', JSON.stringify({ name: 'one figure', instances }))
    assert.ok(plan, JSON.stringify(diagnostics))
    const path = [resolve(import.meta.dirname, '../../node_modules/.bin'), process.env['PATH']].join(delimiter)
    const outcome = await executeRun({
      plan,
      inputs: {},
      only: null,
      maxParallel: 2,
      workspace: folder,
      runDirectory: join(folder, 'run'),
      environment: { PATH: path, HOME: join(folder, 'user'), TMPDIR: folder },
      reporters: () => [
        createConsoleReporter({
          write: (text) => (printed += text),
          interactive: false,
          columns: () => 200,
          quiet: false,
        }),
      ],
      trust: ownTrust,
    })
    state = outcome.state
    run = JSON.parse(readFileSync(join(folder, 'run/run.json'), 'utf8')) as RunJson
    summary = readFileSync(join(folder, 'run/summary.md'), 'utf8')
  } finally {
    await server.close()
  }
})
after(() => rmSync(folder, { recursive: true, force: true }))

const instance = (id: string) => {
  const found = run.instances.find((candidate) => candidate.id === id)
  assert.ok(found, id)
  return found
}

/** What `orchestrator report` prints of the run. */
async function reportAs(format: string): Promise<string> {
  const { code, out, err } = await runCommand(folder, ['report', 'run', '--format', format])
  assert.equal(code, 0, err)
  return out
}

/** Markdown's escapes are not part of a figure. */
const plain = (text: string): string => text.replaceAll('\\$', '$')

const totalOf = ({ usage }: Pick<RunJson, 'usage'>): number =>
  usage === null ? Number.NaN : usage.input + usage.cacheRead + usage.cacheWrite + usage.output

describe('a figure', () => {
  it('is known as far as any of its parts is, and says so', () => {
    assert.equal(run.result, 'success')
    assert.deepEqual([instance('exact').costPartial, instance('exact').partial], [false, false])
    assert.deepEqual([instance('lost').costPartial, instance('lost').partial], [true, true])
    assert.deepEqual([instance('unpriced').costUsd, instance('unpriced').costPartial], [null, false])
    const known = run.instances.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0)
    assert.ok(Math.abs((run.costUsd ?? 0) - known) < 0.0003, `${run.costUsd} of ${known}`)
    assert.equal(run.costPartial, true)
  })

  it('has no more than four decimals', () => {
    for (const { costUsd } of [run, ...run.instances])
      if (costUsd !== null) assert.match(String(costUsd), /^\d+(?:\.\d{1,4})?$/)
  })

  it('is the same in the outputs of the action', () => {
    const { values } = outputsOf(state)
    assert.equal(values['cost-usd'], String(run.costUsd))
    assert.equal(values['total-tokens'], String(totalOf(run)))
    assert.equal(values['partial'], 'true')
  })

  it('is the same in what expressions read, of a group as well', () => {
    const group = instance('all.again')
    const expected = [
      ...['exact', 'lost', 'unpriced'].map((id) => {
        const { costUsd, costPartial, partial } = instance(id)
        return `${costUsd ?? ''} ${costPartial} ${totalOf(instance(id))} ${partial}`
      }),
      `${group.costUsd} true ${totalOf(group) + totalOf(instance('all.dark'))} false`,
    ]
    assert.deepEqual(instance('look').text.trim().split('\n'), expected)
  })

  it('is the same in every format of a report made afterwards', async () => {
    const again: RunJson = JSON.parse(await reportAs('json'))
    const figures = ({ usage, costUsd, partial, costPartial, instances }: RunJson): unknown => [
      [usage, costUsd, partial, costPartial],
      instances.map((of) => [of.id, of.usage, of.costUsd, of.costSource, of.partial, of.costPartial, of.denials]),
    ]
    assert.deepEqual(figures(again), figures(run))
  })

  it('is the same on the console, in the summary, the comment and every text', async () => {
    const total = totalOf(run).toLocaleString('en-US')
    const cost = `≥ $${(run.costUsd ?? 0).toFixed(4)}`
    const comment = renderComment(await withAnswers(buildReport(state)), { marker: '<!-- m -->' })
    for (const text of [printed, summary, comment, await reportAs('text'), await reportAs('markdown')].map(plain)) {
      assert.ok(text.includes(`≥ ${total} tokens (`), text)
      assert.ok(text.includes(cost), cost)
      assert.match(text, /[\d,]+ from the cache, 60 reasoning\)/)
    }
    const { usage } = instance('exact')
    assert.ok(usage)
    const prompt = (usage.input + usage.cacheRead + usage.cacheWrite).toLocaleString('en-US')
    assert.ok(summary.includes(`| ${prompt}\u00A0(5,000) | 70 (30 reasoning) |`), summary)
    assert.match(printed, /6\.2k in 70 out/)
  })

  it('of denied tool calls stands on the instance', () => {
    assert.equal(instance('denied').denials, 1)
    assert.match(summary, /denied \|.*success · ⚠️ 1 tool call denied/)
    assert.match(printed, /denied success · 1 tool call denied/)
  })
})
