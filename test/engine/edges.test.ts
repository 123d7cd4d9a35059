import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { When } from '../../src/core/instance.ts'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, type Behaviour } from './simulator.ts'
import { expression } from '../rig/conditions.ts'

const fail: Behaviour = { failure: { kind: 'exit', code: 1 } }
const failing =
  (...ids: string[]) =>
  (task: { id: string }): Behaviour =>
    ids.includes(task.id) ? fail : {}

/** Instances that end as success, failure, forgiven failure, skipped and cancelled. */
const ends = [
  command('good'),
  command('bad'),
  command('forgiven', { continueOnError: true }),
  command('skipped', { if: 'false' }),
  command('cancelled', { startAt: { afterMs: 500 } }),
]
const endsOptions = {
  behave: failing('bad', 'forgiven'),
  script: [{ at: 1, event: { type: 'instance.cancelled', id: 'cancelled', by: 'me' } as const }],
}

function takenFrom(when: When, plain = false): string[] {
  const run = simulate({
    ...endsOptions,
    plan: plan([
      ...ends,
      ...ends.map(({ id }) => command(`after-${id}`, { needs: plain ? [id] : [{ from: id, when }] })),
    ]),
  })
  return ends.map(({ id }) => id).filter((id) => results(run)[`after-${id}`] === 'success')
}

describe('an edge', () => {
  it('is taken by how its upstream ended', () => {
    assert.deepEqual(takenFrom('success'), ['good', 'forgiven'])
    assert.deepEqual(takenFrom('success', true), ['good', 'forgiven'])
    assert.deepEqual(takenFrom('failure'), ['bad', 'forgiven'])
    assert.deepEqual(takenFrom('completed'), ['good', 'bad', 'forgiven'])
    assert.deepEqual(takenFrom('skipped'), ['skipped'])
    assert.deepEqual(takenFrom('always'), ['good', 'bad', 'forgiven', 'skipped', 'cancelled'])
  })

  it('with an expression asks for success as well, unless it asks for a status itself', () => {
    assert.deepEqual(takenFrom(expression('true')), ['good', 'forgiven'])
    assert.deepEqual(takenFrom(expression('false')), [])
    assert.deepEqual(takenFrom(expression('success()')), ['good', 'forgiven'])
    assert.deepEqual(takenFrom(expression('failure()')), ['bad', 'forgiven'])
    assert.deepEqual(takenFrom(expression('always()')), ['good', 'bad', 'forgiven', 'skipped', 'cancelled'])
    assert.deepEqual(takenFrom(expression('cancelled()')), ['cancelled'])
    assert.deepEqual(takenFrom(expression("always() && needs.bad.outcome == 'failure'")), ['bad'])
  })

  it('not taken skips, along the whole way, and the reason is kept', () => {
    const run = simulate({
      plan: plan([
        command('tests'),
        command('fix', { needs: [{ from: 'tests', when: 'failure' }] }),
        command('after', { needs: ['fix'] }),
      ]),
    })
    assert.deepEqual(results(run), { tests: 'success', fix: 'skipped (upstream)', after: 'skipped (upstream)' })
    assert.equal(endOf(run, 'fix').detail, 'edge from tests not taken (tests succeeded, edge wants failure)')
    assert.equal(endOf(run, 'after').detail, 'edge from fix not taken (fix was skipped, edge wants success)')
    assert.equal(runEnd(run).result, 'success')
  })

  it('explains each wish and each end', () => {
    const detail = (from: string, when: When): string => {
      const run = simulate({ ...endsOptions, plan: plan([...ends, command('z', { needs: [{ from, when }] })]) })
      return endOf(run, 'z').detail
    }
    assert.equal(detail('bad', 'success'), 'edge from bad not taken (bad failed, edge wants success)')
    assert.equal(
      detail('skipped', 'completed'),
      'edge from skipped not taken (skipped was skipped, edge wants success or failure)',
    )
    assert.equal(
      detail('cancelled', 'skipped'),
      'edge from cancelled not taken (cancelled was cancelled, edge wants skipped)',
    )
    assert.equal(detail('good', expression('1 == 2')), 'edge from good not taken (good succeeded, edge wants 1 == 2)')
    assert.equal(detail('forgiven', 'skipped'), 'edge from forgiven not taken (forgiven failed, edge wants skipped)')
    assert.match(detail('good', expression("fromJSON('x')")), /^edge from good not taken \(when: .*not JSON.*\)$/)
  })
})

describe('join', () => {
  const two = (join: 'all' | 'any', ...bad: string[]) =>
    simulate({
      plan: plan([command('a'), command('b'), command('z', { join, needs: ['a', 'b'] })]),
      behave: (task) => ({ ...failing(...bad)(task), durationMs: task.id === 'a' ? 10 : 100 }),
    })

  it('all skips at the first edge not taken and waits for the last one taken', () => {
    assert.equal(endOf(two('all', 'a'), 'z').at, 1_000_010)
    assert.equal(endOf(two('all', 'a'), 'z').result, 'skipped')
    assert.equal(two('all').tasks.at(-1)?.id, 'z')
    assert.equal(endOf(two('all'), 'z').at, 1_000_200)
  })

  it('any starts at the first edge taken and skips when there is none', () => {
    assert.equal(endOf(two('any'), 'z').at, 1_000_110)
    assert.equal(endOf(two('any', 'a'), 'z').result, 'success')
    assert.equal(endOf(two('any', 'b'), 'z').at, 1_000_110)
    const none = endOf(two('any', 'a', 'b'), 'z')
    assert.equal(none.result, 'skipped')
    assert.equal(
      none.detail,
      'no edge was taken: edge from a not taken (a failed, edge wants success); edge from b not taken (b failed, edge wants success)',
    )
  })

  it('any in a group names the edges of the member, not the group', () => {
    const run = simulate({
      plan: plan([command('a'), ...group('g', 'parallel', [command('g.x', { join: 'any', needs: ['a'] })])]),
      behave: failing('a'),
    })
    assert.equal(endOf(run, 'g.x').detail, 'no edge was taken: edge from a not taken (a failed, edge wants success)')
  })

  it('any names three and counts the rest', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const run = simulate({
      plan: plan([...ids.map((id) => command(id)), command('z', { join: 'any', needs: ids })]),
      behave: failing(...ids),
    })
    assert.match(endOf(run, 'z').detail, /\(c failed, edge wants success\); 2 more$/)
  })
})

describe('if', () => {
  const conditioned = (condition: string, needs = ['good', 'bad'], join: 'all' | 'any' = 'all') => {
    const run = simulate({ ...endsOptions, plan: plan([...ends, command('z', { if: condition, needs, join })]) })
    return endOf(run, 'z')
  }

  it('with a status function makes plain edges mere order', () => {
    assert.equal(conditioned('always()').result, 'success')
    assert.equal(conditioned('failure()').result, 'success')
    assert.equal(conditioned('failure()', ['good', 'skipped']).result, 'skipped')
    assert.equal(conditioned('success()').reason, 'condition')
    assert.equal(conditioned('success()', ['good', 'forgiven']).result, 'success')
    assert.equal(conditioned('success()', ['good', 'skipped']).result, 'skipped')
    assert.equal(conditioned('cancelled()', ['cancelled']).result, 'success')
    assert.equal(conditioned('cancelled()', ['bad']).result, 'skipped')
  })

  it('without one asks for the success of plain edges too', () => {
    assert.equal(conditioned('true').reason, 'upstream')
    assert.equal(conditioned('true', ['good']).result, 'success')
    assert.equal(conditioned('1 == 2', ['good']).detail, 'if: 1 == 2')
    assert.equal(conditioned("needs.good.result == 'success'", ['good']).result, 'success')
  })

  it('that cannot be evaluated fails the instance', () => {
    const end = conditioned("fromJSON('x')", ['good'])
    assert.deepEqual([end.result, end.reason], ['failure', 'condition'])
    assert.match(end.detail, /^if: .*not JSON/)
  })

  it('sees failures further up, and leaves edges that say when as they are', () => {
    const run = simulate({
      plan: plan([
        command('a'),
        command('b', { needs: ['a'], if: 'always()' }),
        command('c', { needs: ['b'], if: 'failure()' }),
        command('d', { needs: [{ from: 'b', when: 'failure' }], if: 'always()' }),
        command('e', { needs: ['b'], if: '!failure()' }),
      ]),
      behave: failing('a'),
    })
    assert.deepEqual(results(run), {
      a: 'failure (exit:1)',
      b: 'success',
      d: 'skipped (upstream)',
      e: 'skipped (condition)',
      c: 'success',
    })
  })
})

describe('a group', () => {
  const sequence = (overrides = {}) =>
    group('g', 'sequence', [command('g.a'), command('g.b', { needs: [{ from: 'g.a' }] })], overrides)

  it('opens when its own edges and condition allow, and is skipped with all in it otherwise', () => {
    const run = simulate({
      plan: plan([command('x'), ...sequence({ needs: ['x'] }), command('z', { needs: ['g'] })]),
      behave: failing('x'),
    })
    assert.deepEqual(results(run), {
      x: 'failure (exit:1)',
      'g.a': 'skipped (upstream)',
      'g.b': 'skipped (upstream)',
      g: 'skipped (upstream)',
      z: 'skipped (upstream)',
    })
    const detail = 'edge from x not taken (x failed, edge wants success)'
    assert.equal(endOf(run, 'g').detail, detail)
    assert.equal(endOf(run, 'g.b').detail, `group g was skipped: ${detail}`)
    const closed = simulate({ plan: plan(sequence({ if: 'false' })) })
    assert.deepEqual(results(closed)['g'], 'skipped (condition)')
    assert.deepEqual([runEnd(closed).result, runEnd(closed).reason], ['skipped', 'nothing ran'])
  })

  it('asks its gate of every member, whatever the member says', () => {
    const run = simulate({
      plan: plan([
        command('x'),
        ...group(
          'g',
          'parallel',
          [command('g.any', { join: 'any', needs: ['x'] }), command('g.always', { if: 'always()' })],
          { if: 'false' },
        ),
      ]),
    })
    assert.deepEqual(results(run), {
      'g.any': 'skipped (upstream)',
      'g.always': 'skipped (upstream)',
      g: 'skipped (condition)',
      x: 'success',
    })
  })

  it('ends as its members did', () => {
    const of = (...bad: string[]) =>
      endOf(
        simulate({
          plan: plan(group('g', 'parallel', [command('g.a'), command('g.b'), command('g.c', { if: 'false' })])),
          behave: failing(...bad),
        }),
        'g',
      )
    assert.equal(of().result, 'success')
    assert.deepEqual(
      [of('g.b').result, of('g.b').reason, of('g.b').detail],
      ['failure', 'exit:1', 'g.b failed (exit:1)'],
    )
    const skipped = simulate({ plan: plan(group('g', 'parallel', [command('g.a', { if: 'false' })])) })
    assert.deepEqual([endOf(skipped, 'g').result, endOf(skipped, 'g').reason], ['skipped', 'condition'])
  })

  it('can be forgiven', () => {
    const run = simulate({
      plan: plan([...sequence({ continueOnError: true }), command('z', { needs: ['g'] })]),
      behave: failing('g.a'),
    })
    assert.deepEqual(
      [endOf(run, 'g').result, endOf(run, 'g').outcome, results(run)['z']],
      ['success', 'failure', 'success'],
    )
  })

  it('whose condition makes no sense fails', () => {
    const run = simulate({ plan: plan(sequence({ if: "fromJSON('x')" })) })
    assert.deepEqual(results(run), {
      'g.a': 'skipped (upstream)',
      'g.b': 'skipped (upstream)',
      g: 'failure (condition)',
    })
    assert.equal(runEnd(run).reason, '1 instance failed: g')
  })
})

describe('a run', () => {
  it('names what failed, the first five of them', () => {
    const ids = Array.from({ length: 7 }, (_, index) => `c${index}`)
    const run = simulate({ plan: plan(ids.map((id) => command(id))), behave: failing(...ids) })
    assert.deepEqual(
      [runEnd(run).result, runEnd(run).reason],
      ['failure', '7 instances failed: c0, c1, c2, c3, c4 and 2 more'],
    )
  })

  it('names all five that failed', () => {
    const ids = ['a', 'b', 'c', 'd', 'e']
    const run = simulate({ plan: plan(ids.map((id) => command(id))), behave: failing(...ids) })
    assert.equal(runEnd(run).reason, '5 instances failed: a, b, c, d, e')
  })

  it('of nothing is skipped', () => assert.equal(runEnd(simulate({ plan: plan([]) })).result, 'skipped'))

  it('fails for what this version cannot run, and names it', () => {
    const run = simulate({ plan: plan([command('a', { unsupported: ['approval', 'channels'] })]) })
    assert.deepEqual(results(run), { a: 'failure (unsupported)' })
    assert.equal(endOf(run, 'a').detail, 'this version cannot run approval, channels')
    const single = simulate({ plan: plan([command('a', { unsupported: ['approval'] })]) })
    assert.equal(endOf(single, 'a').reason, 'unsupported')
    assert.equal(runEnd(simulate({ plan: plan([command('a', { unsupported: [] })]) })).result, 'success')
  })

  it('takes an attempt that never started for what it says', () => {
    const run = simulate({
      plan: plan([command('a')]),
      behave: () => ({ neverStarts: true, failure: { kind: 'spawn', code: 'ENOENT', detail: 'claude is not here' } }),
    })
    assert.deepEqual([endOf(run, 'a').reason, endOf(run, 'a').detail], ['spawn', 'claude is not here'])
  })
})
