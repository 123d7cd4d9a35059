import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { MergedFinding } from '../../src/core/finding.ts'
import type { PlacedThread } from '../../src/core/review-thread.ts'
import { findCode, followLines, plainLines } from '../../src/findings/follow-code.ts'
import { reconcile, type Reconciliation } from '../../src/findings/reconcile.ts'
import { seeded } from '../engine/random-plan.ts'

const categories = ['security', 'correctness', null] as const
const words = 'cache lock parser header timeout index secret loop buffer retry'.split(' ')

type Random = () => number

function pick<T>(random: Random, values: readonly T[]): T {
  return values[Math.floor(random() * values.length)] as T
}

function randomFinding(random: Random, at: number): MergedFinding {
  const line = 1 + Math.floor(random() * 40)
  return {
    path: pick(random, ['a.ts', 'b.ts']),
    line,
    endLine: random() < 0.3 ? line + Math.floor(random() * 6) : null,
    severity: 'high',
    category: pick(random, categories),
    rule: null,
    title: `${pick(random, words)} ${pick(random, words)} ${at}`,
    body: pick(random, words),
    suggestion: null,
    confidence: null,
    state: 'candidate',
    agents: ['one'],
    reports: [],
  }
}

function threadOf(finding: MergedFinding, more: Partial<PlacedThread> & { readonly id: string }): PlacedThread {
  const { path, line, endLine, severity, category, rule, title, confidence, agents } = finding
  const place = { path: path ?? '', line: line ?? 0, endLine: endLine ?? line ?? 0 }
  return {
    commentId: more.id,
    pull: 1,
    ...place,
    commit: 'c',
    standing: 'open',
    closed: null,
    isTouched: false,
    said: { severity, category, rule, title, confidence, agents, code: [] },
    body: finding.body,
    replies: [],
    place: { kind: 'same', ...place },
    ...more,
  }
}

function randomThread(random: Random, at: number): PlacedThread {
  const thread = threadOf(randomFinding(random, at), { id: `t${at}` })
  const kind = pick(random, ['same', 'changed', 'gone', 'unknown'] as const)
  const standing = pick(random, ['open', 'open', 'fixed', 'dismissed'] as const)
  return { ...thread, place: { ...thread.place, kind }, standing, isTouched: random() < 0.3 }
}

/** What is in which list, whatever the order. */
function digest(made: Reconciliation): unknown {
  return Object.fromEntries(
    Object.entries(made).map(([name, list]) => [
      name,
      list
        .map((each: object) =>
          'thread' in each
            ? JSON.stringify([Reflect.get(each.thread as object, 'id'), Reflect.get(each, 'finding')])
            : JSON.stringify(each),
        )
        .toSorted(),
    ]),
  )
}

describe('reconciling findings with threads', () => {
  it('puts everything in one list, touches nothing of others, and does not depend on any order', () => {
    for (let seed = 0; seed < 300; seed++) {
      const random = seeded(seed)
      const threads = Array.from({ length: Math.floor(random() * 12) }, (_, at) => randomThread(random, at))
      const findings = Array.from({ length: Math.floor(random() * 12) }, (_, at) => randomFinding(random, at))
      const made = reconcile(threads, findings, () => true)
      const { fresh, open, dismissed, returned, left, fixed, kept } = made
      const again = [...open, ...dismissed, ...returned, ...left]
      assert.deepEqual(new Set([...fresh, ...again.map(({ finding }) => finding)]), new Set(findings))
      assert.equal(fresh.length + again.length, findings.length)
      const told = [...again.map(({ thread }) => thread), ...fixed, ...kept]
      assert.deepEqual(new Set(told), new Set(threads))
      assert.equal(told.length, threads.length)
      for (const thread of [...fixed, ...returned.map((each) => each.thread)]) assert.equal(thread.isTouched, false)
      for (const { standing, place } of fixed) {
        assert.equal(standing, 'open')
        assert.ok(place.kind === 'gone' || place.kind === 'changed')
      }
      for (const { thread } of dismissed) assert.notEqual(thread.place.kind, 'changed')
      const shuffle = <T>(list: readonly T[]): T[] =>
        list
          .map((each) => ({ each, by: random() }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ each }) => each)
      assert.deepEqual(digest(reconcile(shuffle(threads), shuffle(findings), () => true)), digest(made), `seed ${seed}`)
    }
  })

  it('says nothing twice: what was posted is known in the next run, and nothing is left to do', () => {
    for (let seed = 0; seed < 200; seed++) {
      const random = seeded(seed)
      const findings = Array.from({ length: 8 }, (_, at) => randomFinding(random, at))
      const before = Array.from({ length: 6 }, (_, at) => randomThread(random, at))
      const made = reconcile(before, findings, () => true)
      const closed = new Set(made.fixed)
      const opened = new Set(made.returned.map(({ thread }) => thread))
      const after = [
        ...before.map((thread): PlacedThread => {
          if (closed.has(thread)) return { ...thread, standing: 'fixed', closed: 'resolved' }
          return opened.has(thread) ? { ...thread, standing: 'open', closed: null } : thread
        }),
        ...made.fresh.map((finding, at) => threadOf(finding, { id: `new${at}` })),
      ]
      const next = reconcile(after, findings, () => true)
      assert.deepEqual(next.fresh, [], `seed ${seed}`)
      assert.deepEqual(next.fixed, [], `seed ${seed}`)
    }
  })

  it('knows the same code and category in any words, and two of them apart', () => {
    const one = { ...randomFinding(seeded(1), 1), path: 'a.ts', line: 10, endLine: null, category: 'security' }
    const thread = threadOf(one, { id: 't' })
    const otherwise = { ...one, title: 'Nothing alike', body: 'Entirely different' }
    assert.deepEqual(reconcile([thread], [otherwise], () => true).fresh, [])
    const both = reconcile([thread], [otherwise, one], () => true)
    assert.deepEqual([both.open.map(({ finding }) => finding), both.fresh], [[one], [otherwise]])
    assert.equal(reconcile([thread], [{ ...otherwise, category: 'style' }], () => true).fresh.length, 1)
    assert.equal(reconcile([thread], [{ ...otherwise, line: 30 }], () => true).fresh.length, 1)
  })

  it('holds a thread for fixed only when its code changed and one who reported it looked again', () => {
    const finding = { ...randomFinding(seeded(2), 1), agents: ['one', 'two'] }
    const thread = threadOf(finding, { id: 't' })
    const changed: PlacedThread = { ...thread, place: { ...thread.place, kind: 'changed' } }
    assert.deepEqual(reconcile([thread], [], () => true).fixed, [])
    assert.deepEqual(reconcile([changed], [], (agents) => agents.includes('three')).fixed, [])
    assert.deepEqual(reconcile([changed], [], (agents) => agents.includes('two')).fixed, [changed])
    const gone: PlacedThread = { ...thread, place: { ...thread.place, kind: 'gone' } }
    assert.deepEqual(reconcile([gone], [], () => false).fixed, [gone])
  })
})

describe('following lines through a diff', () => {
  it('finds them where git says they are, and never takes other lines for them', () => {
    const directory = mkdtempSync(join(tmpdir(), 'follow-'))
    const diff = (before: readonly string[], after: readonly string[]): string => {
      const files = [before, after].map((lines, at) => {
        const path = join(directory, String(at))
        writeFileSync(path, lines.map((line) => `${line}\n`).join(''))
        return path
      })
      try {
        return execFileSync('git', ['diff', '--no-index', '--no-color', ...files], { encoding: 'utf8' })
      } catch (error) {
        return String(Reflect.get(Object(error), 'stdout'))
      }
    }
    let [same, changed] = [0, 0]
    for (let seed = 0; seed < 120; seed++) {
      const random = seeded(seed)
      const before = Array.from({ length: 5 + Math.floor(random() * 40) }, (_, at) => `line ${at} of ${seed}`)
      const after = before.flatMap((line, at) => {
        const chance = random()
        if (chance < 0.08) return []
        if (chance < 0.16) return [`other ${at}`]
        return chance < 0.24 ? [`added ${at}`, line] : [line]
      })
      const text = diff(before, after)
      for (let line = 1; line <= before.length; line++) {
        const endLine = Math.min(before.length, line + Math.floor(random() * 4))
        const code = before.slice(line - 1, endLine)
        const place = followLines(text, line, endLine)
        const now = after.slice(place.line - 1, place.endLine)
        const at = after.indexOf(code[0] ?? '')
        const isThere = at !== -1 && code.every((each, index) => after[at + index] === each)
        assert.equal(place.kind, isThere ? 'same' : 'changed', `seed ${seed}, line ${line}`)
        if (isThere) assert.deepEqual(now, code)
        // What is left of it lies in the stretch.
        else for (const each of code) if (after.includes(each)) assert.ok(now.includes(each), `seed ${seed}: ${each}`)
        if (isThere) same++
        else changed++
      }
    }
    assert.ok(same > 500 && changed > 500, `${same} ${changed}`)
    rmSync(directory, { recursive: true })
  })

  it('finds code that moved by what it says, the nearest first, and no code that says too little', () => {
    const code = plainLines('  if (a) {\n    call(everything)')
    const files = new Map([
      ['a.ts', plainLines('x\nif (a) {\n  call(everything)\ny\nif (a) {\ncall(everything)')],
      ['b.ts', code],
    ])
    assert.deepEqual(findCode(code, { path: 'a.ts', line: 5, endLine: 6 }, files), {
      path: 'a.ts',
      line: 5,
      endLine: 6,
    })
    assert.deepEqual(findCode(code, { path: 'c.ts', line: 5, endLine: 6 }, files), {
      path: 'a.ts',
      line: 5,
      endLine: 6,
    })
    assert.equal(findCode(['}'], { path: 'a.ts', line: 1, endLine: 1 }, new Map([['a.ts', ['}']]])), undefined)
  })
})
