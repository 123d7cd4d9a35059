/**
 * How well and how fast findings are merged. `node bench/findings.ts` measures 5,000 findings against the floor of writing and reading them as
 * JSON; with a file of labelled findings, `{ items: [{ pull, reviewer, text, issue }], pairs: [[a, b, same]] }`, it also prints
 * precision, recall and F1 of "same finding" over its pairs, by words alone and with the place known.
 */
import { readFileSync } from 'node:fs'
import type { ReportedFinding } from '../src/core/finding.ts'
import { mergeFindings } from '../src/findings/merge.ts'

interface Item {
  readonly pull: number
  readonly reviewer: string
  readonly text: string
  readonly issue: number
}

interface Labelled {
  readonly items: readonly Item[]
  readonly pairs: readonly (readonly [a: number, b: number, same: 0 | 1])[]
}

const blank = {
  endLine: null,
  severity: 'medium',
  category: null,
  rule: null,
  suggestion: null,
  confidence: null,
} as const

function report(agent: string, title: string, place: { path: string; line: number } | undefined): ReportedFinding {
  return { ...blank, agent, title, body: '', path: place?.path ?? null, line: place?.line ?? null }
}

/** Precision, recall and F1 of "same" over the pairs; with places, each issue lies on lines of its own in the one file of its pull request. */
function score({ items, pairs }: Labelled, withPlace: boolean): [precision: number, recall: number, f1: number] {
  const groupOf = new Map<string, number>()
  let groups = 0
  const key = (pull: number, agent: string, title: string, line: number | null): string =>
    JSON.stringify([pull, agent, title, line])
  const lineOf = ({ issue }: Item): number | null => (withPlace ? issue * 10 + 1 : null)
  for (const pull of new Set(items.map((item) => item.pull))) {
    const own = items.filter((item) => item.pull === pull)
    const reports = own.map((item) =>
      report(item.reviewer, item.text, withPlace ? { path: 'src/file.ts', line: lineOf(item) ?? 1 } : undefined),
    )
    for (const merged of mergeFindings(reports)) {
      groups++
      for (const { agent, title, line } of merged.reports) groupOf.set(key(pull, agent, title, line), groups)
    }
  }
  const group = (index: number): number | undefined => {
    const item = items[index]
    return item && groupOf.get(key(item.pull, item.reviewer, item.text, lineOf(item)))
  }
  let [right, wrong, missed] = [0, 0, 0]
  for (const [a, b, same] of pairs) {
    const merged = group(a) === group(b)
    if (merged && same === 1) right++
    else if (merged) wrong++
    else if (same === 1) missed++
  }
  return [right / (right + wrong), right / (right + missed), (2 * right) / (2 * right + wrong + missed)]
}

/** Reports of eight agents in 200 files, with words by a fixed generator. */
function manyReports(count: number): ReportedFinding[] {
  let seed = 1
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((seed / 2 ** 31) * below)
  }
  const words = (length: number): string => Array.from({ length }, () => `word${next(1500).toString(26)}`).join(' ')
  return Array.from({ length: count }, (_, index) => ({
    ...report(`agent${index % 8}`, words(8), { path: `src/f${next(200)}.ts`, line: 1 + next(500) }),
    body: words(25),
  }))
}

function median(run: () => unknown): number {
  const times = Array.from({ length: 7 }, () => {
    const startedAt = performance.now()
    run()
    return performance.now() - startedAt
  })
  return times.toSorted((a, b) => a - b)[3] ?? 0
}

const reports = manyReports(5000)
const floor = median(() => JSON.parse(JSON.stringify(reports)) as unknown)
const merging = median(() => mergeFindings(reports))
console.log(
  `5,000 findings: merged in ${merging.toFixed(0)} ms, ${(merging / floor).toFixed(1)} x their JSON (${floor.toFixed(0)} ms)`,
)
const path = process.argv[2]
if (path !== undefined) {
  const labelled = JSON.parse(readFileSync(path, 'utf8')) as Labelled
  for (const withPlace of [false, true]) {
    const [precision, recall, f1] = score(labelled, withPlace).map((value) => value.toFixed(3))
    console.log(`${withPlace ? 'place known' : 'words alone'}: precision ${precision}, recall ${recall}, F1 ${f1}`)
  }
}
