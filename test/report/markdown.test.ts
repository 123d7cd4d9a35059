import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { createRunState, foldEvent } from '../../src/core/run-state.ts'
import { collectAnnotations } from '../../src/report/annotations.ts'
import { cutToBytes } from '../../src/report/byte-length.ts'
import { showMarkdown } from '../../src/report/answer-markdown.ts'
import { renderComment } from '../../src/report/comment.ts'
import { escapeMarkdown, fence } from '../../src/report/markdown-text.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { renderMermaid } from '../../src/report/mermaid.ts'
import { buildReport, type ReportModel } from '../../src/report/report-model.ts'
import { buildJournal, edge, group, instance, spent } from './journal-builder.ts'
import { scenarios } from './scenarios.ts'
import { condition } from '../rig/conditions.ts'

const marker = '<!-- orchestrator:key run=1 attempt=1 commit=c0ffee -->'

function modelOf(events: readonly Stamped[]): ReportModel {
  const state = createRunState()
  for (const event of events) foldEvent(state, event)
  return { ...buildReport(state), showAnswer: showMarkdown }
}

/** A run of many failures with long outputs, four-byte characters everywhere a cut may fall. */
function large(count: number): ReportModel {
  const names = Array.from({ length: count }, (_, index) => `job-${index}`)
  const run = buildJournal('large', [
    ...names.map((id, index) => instance(id, { needs: index % 10 === 0 ? [] : [`job-${index - 1}`] })),
    instance('speaker', { runtime: 'claude' }),
  ])
  for (const id of names) {
    run.start(id)
    const failure = { kind: 'exit', code: 1, detail: '😀'.repeat(80) } as const
    run.end(id, 10, { failure, tail: `${'😀'.repeat(300)}\n`.repeat(40) })
    run.settle(id, failure)
  }
  run.start('speaker')
  run.end('speaker', 10, { accounting: spent(1, 2, 3, 0.1), text: '🎉 words '.repeat(20_000) })
  run.settle('speaker')
  run.close('failure')
  return modelOf(run.events)
}

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8')

/** What of a report is there. */
const has = (text: string) => ({
  tails: text.includes('Output of'),
  graph: text.includes('```mermaid'),
  rows: [...text.matchAll(/^\| ❌ \|/gm)].length,
})

describe('the Markdown report', () => {
  const model = large(60)

  it('is never over the limit, is whole UTF-8 and says what it left out', () => {
    for (let maxBytes = 100; maxBytes < 1_000_000; maxBytes = Math.ceil(maxBytes * 1.37)) {
      const text = renderMarkdown(model, { maxBytes })
      assert.ok(bytes(text) <= maxBytes, `${bytes(text)} > ${maxBytes}`)
      assert.equal(Buffer.from(text, 'utf8').toString('utf8'), text, 'half a character')
      if (maxBytes >= 300 && maxBytes < 500_000) assert.match(text, /Cut to .* Left out/)
    }
  })

  it('gives up the graph first, then the output of failures, then rows', () => {
    const stages = [2_000_000, 100_000, 37_000, 20_000, 2000].map((maxBytes) =>
      has(renderMarkdown(model, { maxBytes })),
    )
    assert.deepEqual(stages[0], { tails: true, graph: true, rows: 60 })
    for (const [index, stage] of stages.entries()) {
      if (stage.graph) assert.ok(stage.tails && stage.rows === 60)
      if (stage.tails) assert.equal(stage.rows, 60)
      assert.ok(index === 0 || stage.rows <= (stages[index - 1]?.rows ?? 0))
    }
    assert.ok(
      stages.some(({ graph, tails }) => tails && !graph),
      'nothing between all and the table alone',
    )
    assert.equal(stages.at(-1)?.graph, false)
  })

  it('shows what failed beside long answers, and uses the room there is', () => {
    const names = ['one', 'two', 'three']
    const run = buildJournal('long', [...names.map((name) => instance(name, { runtime: 'claude' })), instance('tests')])
    for (const name of names) {
      run.start(name, { runtime: 'claude' })
      run.end(name, 1, { text: 'A sentence of a long answer. '.repeat(2000) })
      run.settle(name)
    }
    run.start('tests')
    run.end('tests', 1, { failure: { kind: 'exit', code: 9 }, tail: 'not ok 31 - adds\n' })
    run.settle('tests', { kind: 'exit', code: 9 })
    const text = renderComment(modelOf(run.events), { marker })
    assert.match(text, /not ok 31 - adds/)
    assert.ok(bytes(text) > 40_000 && bytes(text) <= 65_536, String(bytes(text)))
  })

  it('shows the last answer first and open, also when a command runs after it, and folds the rest', () => {
    const run = buildJournal('after', [
      instance('draft', { runtime: 'claude' }),
      instance('answer', { runtime: 'claude', needs: ['draft'] }),
      instance('publish', { needs: ['answer'] }),
    ])
    for (const [name, text] of [
      ['draft', 'A draft.'],
      ['answer', 'The answer.'],
      ['publish', ''],
    ] as const) {
      run.start(name, name === 'publish' ? {} : { runtime: 'claude' })
      run.end(name, 1, { text })
      run.settle(name)
    }
    const text = renderMarkdown(modelOf(run.events), { maxBytes: 100_000 })
    assert.match(
      text,
      /^### .*\n\n.+\n\n<details open><summary>✅ Answer of <b>answer<\/b><\/summary>\n\nThe answer\.\n/,
    )
    assert.doesNotMatch(text, /A draft/)
    assert.match(text, /<details><summary>All instances<\/summary>\n\n\|/)
    assert.match(text, /<details><summary>Graph<\/summary>\n\n```mermaid/)
  })

  it('shows the answer that the file names, whatever comes after it', () => {
    const run = buildJournal('named', [
      instance('answer', { runtime: 'claude' }),
      instance('judge', { runtime: 'claude', needs: ['answer'] }),
    ])
    for (const name of ['answer', 'judge']) {
      run.start(name, { runtime: 'claude' })
      run.end(name, 1, { text: `Text of ${name}.` })
      run.settle(name)
    }
    const model = modelOf(run.events)
    const shown = (answerOf: string | null): string[] =>
      [...renderMarkdown({ ...model, answerOf }, { maxBytes: 100_000 }).matchAll(/Text of \w+/g)].map(([text]) => text)
    assert.deepEqual(shown(null), ['Text of judge'])
    assert.deepEqual(shown('answer'), ['Text of answer'])
    assert.deepEqual(shown('what-never-ran'), ['Text of judge'])
  })

  it('shows a matrix as one row and one node that says how its cells stand, and opens', () => {
    const ids = Array.from({ length: 12 }, (_, index) => `checks.${index}`)
    const run = buildJournal('cells', [
      ...ids.map((id) => instance(id, { parent: 'checks', runtime: 'claude' })),
      ...group('checks', 'matrix', ids),
      instance('after', { needs: ['checks'] }),
    ])
    for (const id of ids) {
      const failure = id === 'checks.3' ? ({ kind: 'exit', code: 4 } as const) : undefined
      run.start(id, { runtime: 'claude' })
      run.end(id, 1, { accounting: spent(10, 5, 1, 0.5), ...(failure && { failure }) })
      run.settle(id, failure)
    }
    const model = modelOf(run.events)
    const [table = '', cells = ''] = renderMarkdown(model, { maxBytes: 100_000 }).split('<details><summary>').slice(1)
    assert.match(table, /\| \*\*checks\*\* \| \*matrix\* \| 11 ✅ 1 ❌ \|.*\| 180\u00A0\(60\) \| 12 \| \$6\.00 \|/)
    assert.doesNotMatch(table, /checks\.3/)
    assert.match(cells, /<b>checks<\/b>: 11 ✅ 1 ❌<\/summary>[^]*\| ❌ \| checks\.3 \|.*`exit:4`/)
    const graph = renderMermaid(model) ?? ''
    assert.match(graph, /n0\["checks<br\/>11 ✅ 1 ❌/)
    assert.match(graph, /n0 --> n1/)
    assert.doesNotMatch(graph, /n2/)
  })

  it('keeps a long model name on one line', () => {
    const run = buildJournal('model', [instance('review', { runtime: 'claude' })])
    run.start('review', { runtime: 'claude', model: 'anthropic/claude-sonnet-4-5-20250929' })
    run.end('review', 1, { text: 'Fine.', model: 'anthropic/claude-sonnet-4-5-20250929' })
    run.settle('review')
    const text = renderMarkdown(modelOf(run.events), { maxBytes: 100_000 })
    assert.match(text, /\| claude\u00A0·\u00A0claude\u2011sonnet\u20114\u20115 \|/)
  })

  it('keeps the failures when rows have to go', () => {
    const run = buildJournal('few', [
      ...Array.from({ length: 400 }, (_, index) => instance(`ok-${index}`)),
      instance('bad'),
    ])
    for (let index = 0; index < 400; index++) {
      run.start(`ok-${index}`)
      run.end(`ok-${index}`, 1)
      run.settle(`ok-${index}`)
    }
    run.start('bad')
    run.end('bad', 1, { failure: { kind: 'exit', code: 9 } })
    run.settle('bad', { kind: 'exit', code: 9 })
    const text = renderMarkdown(modelOf(run.events), { maxBytes: 8000 })
    assert.match(text, /\| ❌ \| bad \|/)
    assert.match(text, /… and [\d,]+ more/)
  })

  it('says unknown and lower bounds in the totals', () => {
    const failure = modelOf(scenarios['failure']?.() ?? [])
    const totals = renderMarkdown(failure, { maxBytes: 100_000 })
      .split('\n')
      .find((line) => line.includes('8 instances'))
    assert.match(totals ?? '', /≥ 2,170.*≥ \$0\.0020/)
    const crashed = renderMarkdown(modelOf(scenarios['crashed']?.() ?? []), { maxBytes: 100_000 })
    assert.match(crashed, /is unfinished/)
    assert.match(crashed, /\*\*unknown\*\*/)
  })

  it('draws no graph that GitHub would not', () => {
    const names = Array.from({ length: 40 }, (_, index) => `n${index}`)
    const joined = buildJournal(
      'joined',
      names.map((id, index) => instance(id, { needs: names.slice(0, index) })),
    )
    assert.equal(renderMermaid(modelOf(joined.events)), undefined)
    assert.match(renderMarkdown(modelOf(joined.events), { maxBytes: 100_000 }), /too large for GitHub/)
  })

  it('shows a plain edge that only orders as one that holds', () => {
    const run = buildJournal('order', [instance('a'), { ...instance('b', { needs: ['a'] }), ...condition('always()') }])
    run.start('a')
    run.end('a', 1, { failure: { kind: 'exit', code: 1 } })
    run.settle('a', { kind: 'exit', code: 1 })
    assert.match(renderMermaid(modelOf(run.events)) ?? '', /n0 --> n1/)
  })

  it('shows conditional edges with their condition and what became of them', () => {
    const run = buildJournal('edges', [
      instance('a'),
      instance('b', { needs: [edge('a', 'failure')] }),
      instance('c', { needs: [edge('a', 'completed')] }),
      instance('d', { needs: ['b'] }),
    ])
    run.start('a')
    run.end('a', 1)
    run.settle('a')
    const graph = renderMermaid(modelOf(run.events)) ?? ''
    assert.match(graph, /n0 -\. "failure: not taken" \.-> n1/)
    assert.match(graph, /n0 ==>\|"completed: taken"\| n2/)
    assert.match(graph, /n1 --> n3/)
  })
})

describe('a pull request comment', () => {
  it('fits, however much there is to say, and starts with its marker', () => {
    for (const count of [5, 60, 700]) {
      const text = renderComment(large(count), {
        marker,
        footer: '[Workflow run](https://github.com/o/r/actions/runs/1)',
      })
      assert.ok(text.length <= 65_536, String(text.length))
      assert.ok(text.startsWith(`${marker}\n`))
      assert.ok(text.endsWith('[Workflow run](https://github.com/o/r/actions/runs/1)\n'))
    }
  })

  it('has one marker, which no name and no output can forge or close', () => {
    const text = renderComment(modelOf(scenarios['hostile']?.() ?? []), { marker })
    assert.equal([...text.matchAll(/<!-- orchestrator:/g)].length, 1)
    assert.ok(text.startsWith(`${marker}\n`))
  })
})

describe('foreign text', () => {
  it('shows one line exactly, in a table or a fence', () => {
    assert.equal(
      escapeMarkdown('a|b\n*c* `d` <e> [f](g) \\ ~h~'),
      String.raw`a\|b \*c\* \`d\` \<e\> \[f\]\(g\) \\ \~h\~`,
    )
    assert.equal(fence('a\n````\nb'), '`````\na\n````\nb\n`````')
  })

  it('is cut on a character boundary', () => {
    assert.equal(cutToBytes('a😀b', 4), 'a')
    assert.equal(cutToBytes('a😀b', 5), 'a😀')
    for (let length = 0; length < 40; length++) assert.ok(bytes(cutToBytes('é名😀x'.repeat(9), length)) <= length)
  })
})

describe('annotations', () => {
  it('are within 4,096 bytes, free of control characters and point at the instance', () => {
    const [first] = collectAnnotations(large(1))
    assert.ok(bytes(first?.message ?? '') <= 4096)
    assert.equal(first?.level, 'error')
    assert.deepEqual([first?.file, first?.line, first?.column], ['.github/orchestrator.yml', 3, 3])
    const forgiven = collectAnnotations(modelOf(scenarios['failure']?.() ?? [])).find(
      ({ level }) => level === 'warning',
    )
    assert.match(forgiven?.message ?? '', /^lint failed \(forgiven by continue-on-error\): 3 problems/)
  })

  it('warn of what failed in a group that is forgiven, as the report does', () => {
    const run = buildJournal('lenient', [...group('g', 'parallel', ['g.a']), instance('g.a', { parent: 'g' })])
    run.start('g.a')
    run.end('g.a', 10, { failure: { kind: 'exit', code: 1 } })
    run.settle('g.a', { kind: 'exit', code: 1 })
    run.finish('g', 'success', 'exit:1', 'g.a failed (exit:1)', { outcome: 'failure' })
    run.close('success')
    const model = modelOf(run.events)
    assert.deepEqual(
      collectAnnotations(model).map(({ level, message }) => [level, message]),
      [['warning', 'g.a failed (forgiven by continue-on-error)']],
    )
    assert.match(renderMarkdown(model, { maxBytes: 10_000 }), /\| failure \(forgiven\) · `exit:1` \|/)
  })
})
