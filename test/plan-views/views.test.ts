import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { renderPlanDot } from '../../src/report/plan-dot.ts'
import { renderPlanJson } from '../../src/report/plan-json.ts'
import { renderPlanMermaid } from '../../src/report/plan-mermaid.ts'
import { renderPlanText } from '../../src/report/plan-text.ts'
import { explainInstance } from '../../src/report/explain.ts'
import { textWidth } from '../../src/report/text-width.ts'
import { edge, group, instance, planOf, plans } from './plans.ts'

const golden = join(import.meta.dirname, '../golden/plan-views')

/** Compares with the file, or writes it under UPDATE_GOLDEN=1. */
function assertGolden(file: string, actual: string): void {
  const path = join(golden, file)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual)
  assert.equal(actual, readFileSync(path, 'utf8'))
}

describe('views of a plan', () => {
  for (const [name, { plan, commandLines }] of Object.entries(plans)) {
    const given = commandLines === undefined ? {} : { commandLines }
    it(`${name} as text`, () => assertGolden(`${name}.txt`, renderPlanText(plan, given)))
    it(`${name} as Mermaid`, () => assertGolden(`${name}.mmd`, renderPlanMermaid(plan)))
    it(`${name} as dot`, () => assertGolden(`${name}.dot`, renderPlanDot(plan)))
    it(`${name} as JSON`, () =>
      assertGolden(`${name}.json`, `${JSON.stringify(renderPlanJson(plan, given), null, 2)}\n`))
    it(`${name} in words`, () => {
      const ids = [...renderPlanJson(plan).instances.map(({ id }) => id), 'nowhere']
      assertGolden(`${name}.explained.txt`, ids.map((id) => explainInstance(plan, id)).join('\n'))
    })
  }
})

describe('renderPlanText', () => {
  it('shows the place in a sequence of a member that has needs of its own', () => {
    const member = (key: string, previous: string | undefined, needs: string[]) =>
      instance(`s.${key}`, {
        label: key,
        parent: 's',
        needs: needs.map((id) => edge(id)),
        ...(previous && { previous }),
      })
    const text = renderPlanText(
      planOf([
        instance('audit'),
        ...group('s', 'sequence', [
          member('build', undefined, []),
          member('sign', 's.build', []),
          member('publish', 's.sign', ['audit']),
        ]),
      ]),
    )
    assert.match(text, /publish .*← sign, audit/)
    assert.doesNotMatch(text, /sign .*← build/)
  })

  it('shows what must have changed', () => {
    const text = renderPlanText(
      planOf([
        { ...instance('tests'), paths: { key: 'paths', filters: ['src/**', '!src/gen/**'] } },
        { ...instance('docs'), paths: { key: 'paths-ignore', filters: ['src/**'] } },
      ]),
    )
    assert.match(text, /tests .*when src\/\*\*, !src\/gen\/\*\* changed/)
    assert.match(text, /docs .*when other than src\/\*\* changed/)
  })

  it('shows retries, fallbacks and timeouts where they are asked for', () => {
    const policy = { attempts: 3, backoffMs: 0, maxBackoffMs: 0 }
    const every = ['rate-limit', 'overloaded', 'timeout', 'crash', 'failure', 'no-output', 'invalid-output'] as const
    const text = renderPlanText({
      ...planOf([
        instance('careful', {
          process: { runtime: 'claude', timeoutMs: 600_000, idleTimeoutMs: 60_000 },
          retry: { ...policy, on: every },
          fallback: [{ runtime: 'claude', model: 'haiku' }, { agent: 'helper' }],
        }),
        instance('picky', { process: { idleTimeoutMs: 5000 }, retry: { ...policy, on: ['timeout', 'crash'] } }),
        instance('plain', { retry: { ...policy, on: ['rate-limit', 'overloaded', 'crash-before-output'] } }),
      ]),
      timeoutMs: 3_600_000,
    })
    assert.match(
      text,
      /careful .*claude  up to 3 attempts, then claude · haiku, then helper, stopped after 10m 00s or 1m 00s of silence$/m,
    )
    assert.match(text, /picky .*shell  up to 3 attempts after timeout or crash, stopped after 5\.0s of silence$/m)
    assert.match(text, /plain .*shell$/m)
    assert.match(text, /^stopped after  1h 00m/m)
  })

  it('stays within the columns it is given', () => {
    for (const { plan } of Object.values(plans))
      for (const line of renderPlanText(plan, { columns: 60 }).split('\n')) assert.ok(textWidth(line) <= 60, line)
  })

  it('lets nothing through that acts on a terminal', () => {
    for (const { plan } of Object.values(plans))
      assert.doesNotMatch(renderPlanText(plan).replaceAll('\n', ''), /\p{Control}|\p{Bidi_Control}/u)
  })
})

describe('drawings', () => {
  it('have every label closed on its line', () => {
    for (const { plan } of Object.values(plans)) {
      for (const line of renderPlanMermaid(plan).split('\n')) assert.equal((line.match(/"/g) ?? []).length % 2, 0, line)
      for (const line of renderPlanDot(plan).split('\n'))
        assert.equal(line.replaceAll(/\\\\|\\"/g, '').split('"').length % 2, 1, line)
    }
  })

  it('never use an id of the file where Mermaid has words of its own', () => {
    const text = renderPlanMermaid(plans['labels']?.plan ?? planOf([]))
    assert.doesNotMatch(text, /^\s*(?!end$)(end|subgraph)\s*\[/m)
    assert.match(text, /^ {2}n0\["end<br\/>shell"\]$/m)
  })
})

describe('docs/plan-json.md', () => {
  it('names every key', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/plan-json.md'), 'utf8')
    const json = renderPlanJson(plans['review']?.plan ?? planOf([]))
    const parts: object[] = [json, json.limits, json.worstCase, ...json.instances, ...json.edges]
    for (const key of parts.flatMap((part) => Object.keys(part))) assert.ok(page.includes(`\`${key}\``), key)
  })
})

describe('levels and critical path', () => {
  const plan = planOf([
    instance('a'),
    instance('b', { needs: [edge('a')] }),
    instance('c', { needs: [edge('a')] }),
    instance('d', { needs: [edge('c'), edge('b')] }),
  ])

  it('follow the edges', () => {
    assert.deepEqual(renderPlanJson(plan).levels, [['a'], ['b', 'c'], ['d']])
    assert.equal(renderPlanJson(plan).criticalPath.length, 3)
  })

  it('weigh instances by how long they took before', () => {
    const durations = new Map([
      ['a', 10],
      ['b', 500],
      ['c', 20],
      ['d', 5],
    ])
    assert.deepEqual(renderPlanJson(plan, { durations }).criticalPath, ['a', 'b', 'd'])
    assert.deepEqual(renderPlanJson(plan, { durations: durations.set('c', 900) }).criticalPath, ['a', 'c', 'd'])
  })

  it('reach through 10,000 instances', () => {
    const count = 10_000
    const chain = Array.from({ length: count }, (_, index) =>
      instance(`i${index}`, {
        needs: [1, 2, 3].filter((back) => index - back >= 0).map((back) => edge(`i${index - back}`)),
      }),
    )
    assert.equal(renderPlanJson(planOf(chain)).criticalPath.length, count)
  })
})

const budget = (tokens: number, onExceeded: 'stop' | 'warn' = 'stop') => ({ tokens, warnAt: 0.8, onExceeded })

const agent = (id: string, own?: ReturnType<typeof budget>) =>
  instance(id, { process: { runtime: 'claude', ...(own !== undefined && { budget: own }) } })

describe('worst case', () => {
  it('adds what the instances may spend', () => {
    const json = renderPlanJson(planOf([agent('a', budget(100)), agent('b', budget(50)), instance('c')]))
    assert.deepEqual(json.worstCase, { tokens: 150, costUsd: null, unbounded: [], unpriced: [], agentAttempts: 2 })
  })

  it('names what nothing holds, and a warning holds nothing', () => {
    const json = renderPlanJson(planOf([agent('a', budget(100)), agent('b'), agent('c', budget(50, 'warn'))]))
    assert.deepEqual(json.worstCase, {
      tokens: null,
      costUsd: null,
      unbounded: ['b', 'c'],
      unpriced: [],
      agentAttempts: 3,
    })
  })

  it('is held by the run', () => {
    const json = renderPlanJson(planOf([agent('a'), agent('b')], { budget: budget(70) }))
    assert.equal(json.worstCase.tokens, 70)
  })

  it('in dollars is not held where nobody will know what an agent costs', () => {
    const dollars = { costUsd: 3, warnAt: 0.8, onExceeded: 'stop' } as const
    const costOf = (unpriced: readonly string[]) =>
      renderPlanJson(
        planOf(
          ['a', 'b'].map((id) => instance(id, { process: { runtime: 'claude', budget: dollars } })),
          { budget: { ...dollars, costUsd: 5 } },
        ),
        { unpriced: new Set(unpriced) },
      ).worstCase.costUsd
    assert.deepEqual([costOf([]), costOf(['b'])], [5, null])
  })
})
