import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Stamped } from '../../src/core/event.ts'
import { createRunState, foldEvent, type RunState } from '../../src/core/run-state.ts'
import { collectAnnotations } from '../../src/report/annotations.ts'
import { showMarkdown } from '../../src/report/answer-markdown.ts'
import { renderComment } from '../../src/report/comment.ts'
import { createConsoleReporter } from '../../src/report/console.ts'
import { renderMarkdown } from '../../src/report/markdown.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { renderRunJson } from '../../src/report/run-json.ts'
import { renderRunText } from '../../src/report/run-text.ts'
import { scenarios } from './scenarios.ts'

const directory = join(import.meta.dirname, '../golden/report')
const update = process.env['UPDATE_GOLDEN'] === '1'

describe('reports of golden journals', () => {
  for (const [name, build] of Object.entries(scenarios)) {
    const journal = join(directory, `${name}.ndjson`)
    if (update)
      writeFileSync(
        journal,
        build()
          .map((event) => `${JSON.stringify(event)}\n`)
          .join(''),
      )
    const events = readFileSync(journal, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line): Stamped => JSON.parse(line))
    const { state, progress } = replay(events)
    const model = { ...buildReport(state), showAnswer: showMarkdown }
    const renderings: Record<string, string> = {
      md: renderMarkdown(model, { maxBytes: 1_000_000 }),
      'comment.md': renderComment(model, {
        marker: '<!-- orchestrator:key run=1 attempt=1 commit=c0ffee -->',
        footer: '[Workflow run](https://github.com/o/r/actions/runs/1)',
      }),
      json: [...renderRunJson(model)].join(''),
      'annotations.json': `${JSON.stringify(collectAnnotations(model), null, 2)}\n`,
      'log.txt': progress,
      txt: renderRunText(state, { colour: false, columns: 100 }),
    }
    for (const [extension, text] of Object.entries(renderings))
      it(`${name}.${extension}`, () => {
        const path = join(directory, `${name}.${extension}`)
        if (update) writeFileSync(path, text)
        assert.ok(existsSync(path), `${path} is missing; run with UPDATE_GOLDEN=1`)
        assert.equal(text, readFileSync(path, 'utf8'))
      })
  }
})

/** Folds a journal and shows it to the console of a log, as while it went on. */
function replay(events: readonly Stamped[]): { state: RunState; progress: string } {
  let progress = ''
  const console = createConsoleReporter({
    write: (text) => {
      progress += text
    },
    interactive: false,
    columns: () => 120,
    quiet: false,
  })
  const state = createRunState()
  for (const event of events) {
    foldEvent(state, event)
    console.onEvent?.(event, state)
  }
  void console.onEnd?.(state, new AbortController().signal, buildReport(state))
  return { state, progress }
}
