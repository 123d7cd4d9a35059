import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChangedPaths } from '../../src/core/changes.ts'
import { matrixLimit } from '../../src/core/matrix.ts'
import type { PlacedThread, SinceReview } from '../../src/core/review-thread.ts'
import { agent, command, group, plan, type ProcessOverrides } from './plans.ts'
import { changesOf, endOf, results, runEnd, simulate, type SimulationOptions } from './simulator.ts'

const paths = (...filters: string[]): ChangedPaths => ({ key: 'paths', filters })
const ignored = (...filters: string[]): ChangedPaths => ({ key: 'paths-ignore', filters })

/** How an instance with such paths ends when these files changed, and why. */
function endWith(own: ChangedPaths, ...files: string[]): string {
  const { result, reason, detail } = endOf(
    simulate({ plan: plan([command('a', { paths: own })]), context: { changes: changesOf(...files) } }),
    'a',
  )
  return [result, reason, detail].join(' ').trim()
}

describe('paths', () => {
  it('skip an instance of which nothing changed, and say so', () => {
    assert.equal(endWith(paths('src/**'), 'docs/a.md', 'src/x.ts'), 'success')
    assert.equal(endWith(paths('src/**'), 'docs/a.md'), 'skipped paths paths: the changed file does not match src/**')
    assert.equal(
      endWith(paths('src/**', '!src/gen/**'), 'docs/a.md', 'src/gen/x.ts'),
      'skipped paths paths: none of the 2 changed files matches src/**, !src/gen/**',
    )
    assert.equal(endWith(ignored('docs/**', '*.md'), 'docs/a', 'README.md', 'x.ts'), 'success')
    assert.equal(
      endWith(ignored('docs/**', '*.md'), 'docs/a', 'README.md'),
      'skipped paths paths-ignore: all 2 changed files match docs/**, *.md',
    )
    assert.equal(endWith(paths('**')), 'skipped paths no file changed')
    assert.equal(endWith(ignored('x')), 'skipped paths no file changed')
  })

  it('see a renamed file where it was and where it is', () => {
    const [file] = changesOf('new/a.ts').files
    assert.ok(file)
    const changes = { ...changesOf(), files: [{ ...file, status: 'renamed' as const, previousPath: 'old/a.ts' }] }
    const run = simulate({
      plan: plan(['old/**', 'new/**', 'other/**'].map((filter, at) => command(`a${at}`, { paths: paths(filter) }))),
      context: { changes },
    })
    assert.deepEqual(results(run), { a0: 'success', a1: 'success', a2: 'skipped (paths)' })
  })

  it('come before the condition, and skip what needs the instance', () => {
    const run = simulate({
      plan: plan([
        command('a', { paths: paths('nope'), if: "fromJSON('broken')" }),
        command('b', { needs: ['a'] }),
        command('c', { needs: ['a'], if: 'always()' }),
      ]),
    })
    assert.deepEqual(results(run), { a: 'skipped (paths)', b: 'skipped (upstream)', c: 'success' })
  })

  it('of a group are those of all its members', () => {
    const grouped = group('g', 'parallel', [command('g.x'), command('g.y')])
    const run = simulate({
      plan: plan(grouped.map((node) => (node.kind === 'gate' ? { ...node, paths: paths('nope') } : node))),
    })
    assert.deepEqual(results(run), { g: 'skipped (paths)', 'g.x': 'skipped (upstream)', 'g.y': 'skipped (upstream)' })
    assert.equal(endOf(run, 'g').reason, 'paths')
  })
})

describe('changes in expressions', () => {
  it('are there as a context, and are asked with matches()', () => {
    const env = {
      A: 'changes.files[0].path',
      B: "join(changes.files.*.path, ' ')",
      C: "changes.matches('src/**', '!src/b.ts')",
      D: "changes.matches('nope/**')",
      E: "CHANGES.Matches( 'docs/*' ) && 'yes'",
      F: 'changes.diff-file',
      G: "format('{0}..{1}', changes.base, changes.head)",
    }
    const run = simulate({
      plan: plan([
        command('a', {
          if: "changes.matches('docs/**')",
          process: { env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, `\${{ ${value} }}`])) },
        }),
      ]),
      context: { changes: changesOf('src/a.ts', 'docs/b.md') },
    })
    assert.deepEqual(run.tasks[0]?.env, {
      A: 'src/a.ts',
      B: 'src/a.ts docs/b.md',
      C: 'true',
      D: 'false',
      E: 'yes',
      F: '/runs/1/changes.diff',
      G: `${'b'.repeat(40)}..${'a'.repeat(40)}`,
    })
  })
})

it('attached threads are what earlier reviews said, nothing where there were none', () => {
  const thread: PlacedThread = {
    id: 't',
    commentId: 'c',
    pull: 1,
    path: 'src/a.ts',
    line: 3,
    endLine: 3,
    commit: 'a'.repeat(40),
    standing: 'open',
    closed: null,
    isTouched: false,
    said: null,
    body: 'This loses a write.',
    replies: [],
    place: { kind: 'same', path: 'src/a.ts', line: 3, endLine: 3 },
  }
  const threads = (context: SimulationOptions['context'] = {}): string | undefined =>
    simulate({ plan: plan([agent('a', { process: { attach: ['threads'] } })]), context }).tasks[0]?.threads
  assert.match(threads({ earlier: { threads: [thread] } }) ?? '', /src\/a\.ts:3[^]*This loses a write\./)
  assert.equal(threads(), '')
  const [other] = simulate({ plan: plan([agent('a')]), context: { earlier: { threads: [thread] } } }).tasks
  assert.equal(other?.threads, undefined)
})

describe('attached changes', () => {
  const files = ['a.ts', 'b.ts', 'logo.png', 'c.ts']

  it('are given to the agent that asks, without what nobody reads', () => {
    const run = simulate({
      plan: plan([agent('a', { process: { attach: ['changes', 'x.md'] } }), agent('b')]),
      context: { changes: changesOf(...files) },
    })
    const [a, b] = ['a', 'b'].map((name) => run.tasks.find(({ id }) => id === name))
    assert.deepEqual(a?.changes?.parts.length, 3)
    assert.deepEqual(a.changes.left, [{ path: 'logo.png', why: 'binary' }])
    assert.equal(b?.changes, undefined)
  })

  it('are nothing where nothing is known of them', () => {
    const cell = agent('g.*', { parent: 'g', needs: [{ from: 'g..open', plain: false }] })
    const run = simulate({
      plan: plan([
        agent('a', { process: { attach: ['changes'] }, paths: paths('nowhere/**') }),
        group('g', 'matrix', [], { expansion: { matrix: {}, splitBytes: 20, template: [cell] } }),
      ]),
      context: { changes: undefined },
    })
    assert.deepEqual(
      run.tasks.map(({ id, changes }) => [id, changes]),
      [['a', undefined]],
    )
    assert.equal(endOf(run, 'g').detail, 'split: no file changed that is neither generated nor binary')
  })

  it('are split into cells that have every part once', () => {
    const split = (overrides: ProcessOverrides, ...changed: string[]) => {
      const cell = agent('g.*', {
        parent: 'g',
        needs: [{ from: 'g..open', plain: false }],
        process: { attach: ['changes'], splitBytes: 20 },
        ...overrides,
      })
      return simulate({
        plan: plan(group('g', 'matrix', [], { expansion: { matrix: {}, splitBytes: 20, template: [cell] } })),
        context: { changes: changesOf(...changed) },
      })
    }
    const run = split({}, ...files)
    assert.deepEqual(results(run), { g: 'success', 'g.1': 'success', 'g.2': 'success' })
    assert.deepEqual(
      run.tasks.map(({ label }) => label.replace(/^.*\((.*)\)$/, '$1')),
      ['1 of 2', '2 of 2'],
    )
    const given = run.tasks.flatMap(({ changes }) => changes?.parts ?? [])
    assert.deepEqual(given, [
      { start: 0, end: 10 },
      { start: 10, end: 20 },
      { start: 30, end: 40 },
    ])
    const endOfGate = (...changed: string[]): string => {
      const { result, reason, detail } = endOf(split({ if: 'false' }, ...changed), 'g..open')
      return [result, reason, detail].join(' ').trim()
    }
    const two = (count: number): string[] => Array.from({ length: 2 * count }, (_, index) => `${index}.ts`)
    assert.equal(endOfGate('logo.png'), 'skipped paths split: no file changed that is neither generated nor binary')
    assert.equal(endOfGate(...two(matrixLimit)), 'success')
    assert.equal(
      endOfGate(...two(matrixLimit + 1)),
      `failure condition split: the diff has ${matrixLimit + 1} chunks, at most ${matrixLimit} are allowed; raise max-bytes`,
    )
  })
})

it('a diff is split once, and read once for expressions, however many cells there are', () => {
  const looksFor = (count: number): number => {
    let looks = 0
    const files = changesOf(...Array.from({ length: count }, (_, at) => `${at}.ts`)).files.map((file) => ({
      ...file,
      get bytes() {
        looks += 1
        return 10
      },
      get status() {
        looks += 1
        return 'modified' as const
      },
    }))
    const cell = agent('g.*', {
      parent: 'g',
      needs: [{ from: 'g..open', plain: false }],
      process: { attach: ['changes'], splitBytes: 10, env: { FIRST: '${{ changes.files[0].path }}' } },
    })
    const run = simulate({
      plan: plan(group('g', 'matrix', [], { expansion: { matrix: {}, splitBytes: 10, template: [cell] } })),
      context: { changes: { ...changesOf(), files } },
    })
    assert.equal(run.tasks.length, count)
    assert.equal(run.tasks.at(-1)?.env['FIRST'], '0.ts')
    assert.deepEqual(run.tasks.at(-1)?.changes?.parts, [{ start: 10 * (count - 1), end: 10 * count }])
    return looks
  }
  assert.equal(looksFor(400), 8 * looksFor(50))
})

it('where nothing changed since the last review, what looks at that is skipped, and the review stands', () => {
  const since: SinceReview = { commit: 'c0ffee00c0ffee00', changes: changesOf(), findings: [] }
  const reviewer = agent('reviewer', { process: { attach: ['changes'] } })
  const run = simulate({ plan: plan([reviewer]), context: { since } })
  assert.equal(endOf(run, 'reviewer').detail, 'nothing changed since the review of c0ffee00')
  assert.deepEqual(
    [runEnd(run).result, runEnd(run).reason],
    ['success', 'nothing changed since the review of c0ffee00'],
  )
  const other = simulate({ plan: plan([reviewer, command('tests')]), context: { since } })
  assert.deepEqual(results(other), { reviewer: 'skipped (paths)', tests: 'success' })
  assert.equal(runEnd(other).reason, '')
  const changed = simulate({ plan: plan([reviewer]), context: { since: { ...since, changes: changesOf('a.ts') } } })
  assert.equal(results(changed)['reviewer'], 'success')
})
