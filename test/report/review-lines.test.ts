import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { Changes } from '../../src/core/changes.ts'
import type { MergedFinding } from '../../src/core/finding.ts'
import { createRunState } from '../../src/core/run-state.ts'
import { readHunks, shownLines } from '../../src/findings/diff-lines.ts'
import { replacementOf } from '../../src/findings/replacement.ts'
import { buildReport } from '../../src/report/report-model.ts'
import { planReview } from '../../src/report/review.ts'
import { readChanges } from '../../src/run/read-changes.ts'
import { linesOfDiff } from '../rig/github-reviews.ts'
import { createRepository, type Repository } from '../worktree/repository.ts'

const seed = Number(process.env['SEED'] ?? 1)
const repositories = Number(process.env['REPOSITORIES'] ?? 25)

/** Numbers by a fixed generator. */
function createRandom(from: number) {
  let state = from * 2654435761 + 1
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 2 ** 31) * limit)
  }
  return {
    below,
    pick: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    chance: (p: number) => below(1000) < p * 1000,
  }
}

type Random = ReturnType<typeof createRandom>

/** Lines that a parser of diffs could take for something else. */
const oddLines = [
  '',
  '+x',
  '-x',
  ' x',
  '@@ -1,2 +1,2 @@',
  'diff --git a/x b/x',
  '\\ No newline at end of file',
  '--- a/x',
  '+++ b/x',
  'é\u2028ü',
  'tab\t',
  'cr\r',
  '```',
  '```suggestion',
  '<!-- x -->',
  '\f',
]

const content = (random: Random): string[] =>
  Array.from({ length: random.below(60) }, (_, at) =>
    random.chance(0.2) ? random.pick(oddLines) : `line ${at} ${random.below(5)}`,
  )

function edited(lines: readonly string[], random: Random): string[] {
  return lines.flatMap((line) => {
    if (random.chance(0.06)) return []
    if (random.chance(0.06)) return [`changed ${random.below(100)}`]
    return random.chance(0.06) ? [line, random.pick(oddLines), `new ${random.below(100)}`] : [line]
  })
}

const joined = (lines: readonly string[], random: Random): string =>
  lines.join('\n') + (lines.length > 0 && random.chance(0.7) ? '\n' : '')

/** A repository of two commits, by chance: edits, renames, deletions, binary files, files without a line feed at their end. */
function build(t: TestContext, random: Random): { repository: Repository; base: string; head: string } {
  const names = ['a.ts', 'b é.ts', 'dir/c.ts', 'dir/d "q".ts', 'e', 'f.bin']
  const before = new Map(names.map((name) => [name, content(random)]))
  const files = Object.fromEntries([...before].map(([name, lines]) => [name, joined(lines, random)]))
  const repository = createRepository(t, { ...files, 'f.bin': Buffer.from([0, 1, 2]) })
  const base = repository.git('rev-parse', 'HEAD').trim()
  for (const [name, lines] of before) {
    const path = join(repository.path, name)
    if (name === 'f.bin') repository.write(name, Buffer.from([0, random.below(200), 3]))
    else if (random.chance(0.1)) rmSync(path)
    else {
      if (random.chance(0.8)) repository.write(name, joined(edited(lines, random), random))
      if (random.chance(0.2) && existsSync(path))
        renameSync(path, join(repository.path, `moved ${name.replaceAll('/', '-')}`))
    }
  }
  if (random.chance(0.5)) repository.write('new.ts', joined(content(random), random))
  repository.git('add', '-A')
  repository.git('commit', '-q', '--allow-empty', '-m', 'head')
  return { repository, base, head: repository.git('rev-parse', 'HEAD').trim() }
}

function finding(
  path: string,
  line: number,
  endLine: number | null,
  suggestion: string | null,
  side?: 'left',
): MergedFinding {
  const own = {
    path,
    line,
    endLine,
    suggestion,
    severity: 'high',
    category: null,
    rule: null,
    title: 't',
    body: '',
    confidence: null,
  } as const
  return { ...own, ...(side && { side }), state: 'candidate', agents: ['a'], reports: [] }
}

function planned(changes: Changes, diff: Buffer, findings: readonly MergedFinding[]) {
  const model = { ...buildReport(createRunState()), findings }
  return planReview(model, changes, diff, { maxComments: 10_000 })
}

/** What GitHub puts in place of the lines when somebody takes the suggestion of a comment: the content of its fence. */
function offered(body: string): string | undefined {
  const lines = body.split('\n')
  const first = lines.findIndex((line) => /^`{3,}suggestion$/.test(line))
  if (first === -1) return undefined
  const fence = lines[first]?.replace('suggestion', '')
  const last = lines.findIndex((line, at) => at > first && line === fence)
  return lines
    .slice(first + 1, last)
    .map((line) => `${line}\n`)
    .join('')
}

describe('comments on a diff', () => {
  it(`are on lines of it by GitHub's rule, in ${repositories} random repositories`, async (t) => {
    let comments = 0
    let applied = 0
    let onLeft = 0
    for (let round = 0; round < repositories; round++) {
      const random = createRandom(seed * 1000 + round)
      const { repository, base, head } = build(t, random)
      const { changes, diff = Buffer.alloc(0) } = await readChanges({
        workspace: repository.path,
        github: { run_id: '1', event: { pull_request: { base: { sha: base }, head: { sha: head } } } },
        needed: 'diff',
        environment: repository.env,
        mask: (text) => text,
      })
      const after = (path: string): string[] =>
        existsSync(join(repository.path, path)) ? readFileSync(join(repository.path, path), 'utf8').split('\n') : []
      const before = (path: string): string[] => repository.git('show', `${base}:${path}`).split('\n')
      let at = 0
      for (const { path, previousPath = path, bytes, binary, status } of changes.files) {
        const own = diff.subarray(at, (at += bytes)).toString('utf8')
        const hunks = shownLines(own)
        const where = `${seed}/${round} ${path}`
        // The left side: what is said to be shown is what the file had there, and comments begin and end on lines that GitHub shows as removed.
        const quotedName = /["é]/.test(path)
        const removed = quotedName
          ? readHunks(own).map(({ old }) => [...old.removed])
          : linesOfDiff(repository.path, `${base}...${head}`, path, 'LEFT')
        if (status !== 'added' && !binary && status !== 'type-changed')
          for (const { old } of readHunks(own))
            assert.deepEqual(
              old.lines,
              before(previousPath).slice(old.start - 1, old.start - 1 + old.lines.length),
              where,
            )
        const left = Array.from({ length: 12 }, () => {
          const line = 1 + random.below(70)
          const text = '```suggestion\nreplaced\n```'
          return finding(path, line, random.chance(0.5) ? line + 1 + random.below(8) : null, text, 'left')
        })
        for (const { line, startLine = line, side, body } of planned(changes, diff, left).comments) {
          onLeft++
          assert.equal(side, 'left')
          assert.ok(
            removed.some((hunk) => hunk.includes(line) && hunk.includes(startLine)),
            `${where}: -${startLine}-${line}`,
          )
          assert.equal(offered(body), undefined, 'nothing can take the place of lines that are no more')
        }
        if (binary || status === 'deleted' || status === 'type-changed') continue
        // What is said to be shown is what the file has there, and what GitHub shows.
        for (const { start, lines } of hunks)
          assert.deepEqual(lines, after(path).slice(start - 1, start - 1 + lines.length), where)
        const shown = hunks.map(({ start, lines }) => lines.map((_, index) => start + index))
        const quoted = /["é]/.test(path)
        if (!quoted)
          assert.deepEqual(
            shown,
            linesOfDiff(repository.path, `${base}...${head}`, path).filter(({ length }) => length > 0),
            where,
          )
        const asked = Array.from({ length: 12 }, () => {
          const line = 1 + random.below(70)
          const text = Array.from({ length: random.below(4) }, () => random.pick([...oddLines, 'replaced']))
          const isPlain = text.every((each) => !/[\r\f\u2028]/.test(each))
          const fence = '``````'
          const suggestion = isPlain ? `${fence}suggestion\n${text.map((each) => `${each}\n`).join('')}${fence}` : null
          return finding(path, line, random.chance(0.5) ? line + 1 + random.below(5) : null, suggestion)
        })
        for (const comment of planned(changes, diff, asked).comments) {
          comments++
          const { line, startLine = line } = comment
          assert.ok(
            shown.some((hunk) => hunk.includes(line) && hunk.includes(startLine)),
            `${where}: ${startLine}-${line}`,
          )
          const text = offered(comment.body)
          if (text === undefined) continue
          const intended = replacementOf(comment.finding.suggestion)?.text
          assert.equal(text, intended, where)
          assert.deepEqual(
            [startLine, line],
            [comment.finding.line, comment.finding.endLine ?? comment.finding.line],
            where,
          )
          if (check(repository, path, { startLine, line, text })) applied++
        }
      }
    }
    t.diagnostic(`${comments} comments, ${applied} suggestions applied, ${onLeft} comments on removed lines`)
    assert.ok(comments > repositories * 10 && applied > repositories * 2 && onLeft > repositories * 5)
  })
})

/** Applies a suggestion with `git apply`, and holds what is there then against what was meant; then takes it back. */
function check(
  repository: Repository,
  path: string,
  { startLine, line, text }: { startLine: number; line: number; text: string },
): boolean {
  const whole = readFileSync(join(repository.path, path), 'utf8')
  const lines = whole.split(/(?<=\n)/)
  const old = lines.slice(startLine - 1, line)
  const fresh = text.split(/(?<=\n)/).filter((each) => each !== '')
  const mark = (sign: string, each: string): string =>
    `${sign}${each.endsWith('\n') ? each : `${each}\n\\ No newline at end of file\n`}`
  const quoted = JSON.stringify(path).replaceAll('é', '\\303\\251')
  const name = (side: string): string => (/["é]/.test(path) ? `"${side}/${quoted.slice(1)}` : `${side}/${path}`)
  const start = fresh.length === 0 ? startLine - 1 : startLine
  const patch = [
    `diff --git ${name('a')} ${name('b')}\n--- ${name('a')}\n+++ ${name('b')}\n`,
    `@@ -${startLine},${old.length} +${start},${fresh.length} @@\n`,
    ...old.map((each) => mark('-', each)),
    ...fresh.map((each) => mark('+', each)),
  ].join('')
  execFileSync('git', ['apply', '--unidiff-zero', '--whitespace=nowarn', '-'], {
    cwd: repository.path,
    env: repository.env,
    input: patch,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  const meant = [...lines.slice(0, startLine - 1), text, ...lines.slice(line)].join('')
  const is = existsSync(join(repository.path, path)) ? readFileSync(join(repository.path, path), 'utf8') : ''
  assert.equal(is, meant)
  repository.git('checkout', '-q', '--', '.')
  return true
}
