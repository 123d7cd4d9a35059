import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createRunState } from '../../src/core/run-state.ts'
import { commentMarker, positionIn } from '../../src/github/comment-key.ts'
import {
  describeHistory,
  readHistory,
  rememberRun,
  withHistory,
  type PastRun,
} from '../../src/github/comment-history.ts'
import { buildReport, type ReportModel } from '../../src/report/report-model.ts'

const marker = commentMarker('<!-- orchestrator:key ', { run: 9, attempt: 1 }, 'c0ffee')
const ran = (durationMs: number, input: number, more: Partial<ReportModel> = {}): ReportModel => ({
  ...buildReport(createRunState()),
  result: 'success',
  durationMs,
  accounting: {
    usage: { input, cacheRead: 0, cacheWrite: 0, output: 0, reasoning: 0 },
    costUsd: input / 10_000,
    costSource: 'cli',
    partial: false,
  },
  ...more,
})

describe('what a comment remembers of earlier runs', () => {
  it('goes from one to the next in its marker, which stays one', () => {
    const past = [ran(60_000, 100), ran(180_000, 300), ran(120_000, 900)].reduce<PastRun[]>(
      (known, report, index) => readHistory(withHistory(marker, rememberRun(known, index + 1, report))),
      [],
    )
    assert.deepEqual(past[0], { run: 1, durationMs: 60_000, tokens: 100, usd: 0.01 })
    assert.equal(describeHistory(past, 9), 'Median of the 3 runs before: 2m 00s · 300 tokens · $0.0300')
    const written = withHistory(marker, past)
    assert.deepEqual(positionIn(written), { run: 9, attempt: 1 })
    assert.match(written, /^<!--[^>]* -->$/)
  })

  it('is of the runs before: another attempt of a run stands in its place', () => {
    const first = rememberRun([], 9, ran(60_000, 100))
    assert.equal(describeHistory(first, 9), undefined)
    assert.deepEqual(
      rememberRun(first, 9, ran(90_000, 200)).map(({ durationMs }) => durationMs),
      [90_000],
    )
  })

  it('leaves out runs that were cancelled or go on, and figures that nobody knows', () => {
    assert.deepEqual(rememberRun([], 1, ran(1, 1, { result: 'cancelled' })), [])
    assert.deepEqual(rememberRun([], 1, ran(1, 1, { result: null })), [])
    const unknown = { usage: null, costUsd: null, costSource: 'unknown', partial: true } as const
    const past = rememberRun([], 1, ran(60_000, 1, { accounting: unknown }))
    assert.deepEqual(readHistory(withHistory(marker, past)), [{ run: 1, durationMs: 60_000, tokens: null, usd: null }])
    assert.equal(describeHistory(past, 2), 'The run before: 1m 00s')
  })

  it('is ten runs, and nothing where the marker has none or was damaged', () => {
    let past: PastRun[] = []
    for (let run = 1; run <= 20; run++) past = rememberRun(past, run, ran(run * 1000, run))
    assert.deepEqual([past.length, past[0]?.run], [10, 11])
    assert.deepEqual(readHistory(marker), [])
    assert.deepEqual(readHistory(marker.replace(' -->', ' past=1:x:-:-,2,:: -->')), [])
    assert.deepEqual(readHistory(`text\n${withHistory(marker, past)}`), [])
  })
})
