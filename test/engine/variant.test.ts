import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import type { VariantRule } from '../../src/core/instance.ts'
import type { JsonObject } from '../../src/core/json.ts'
import { command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder } from './simulator.ts'

const cells = ['a', 'b', 'c'].map((name) => command(`m.${name}`))

/** A run of three variants and what needs them, for a commit and labels. */
function optionsOf(variant: VariantRule, sha: string, labels: readonly string[] = []) {
  const event = { pull_request: { head: { sha }, labels: labels.map((name) => ({ name })) } }
  const github: JsonObject = { sha: 'a merge commit made for the test', event }
  return {
    plan: plan([group('m', 'matrix', cells, { variant }), command('after', { needs: ['m'] })]),
    context: { github },
  }
}

const ran = (variant: VariantRule, sha: string, labels: readonly string[] = []): string[] =>
  startOrder(simulate(optionsOf(variant, sha, labels))).filter((id) => id !== 'after')

describe('strategy.variant', () => {
  it('runs one by the hash of the commit and the id, and skips the others with the reason, and not what needs it', () => {
    const run = simulate(optionsOf({ by: 'commit' }, 'c0ffee'))
    // As `printf '%s %s' COMMIT ID | sha256sum` has it.
    const hash = createHash('sha256').update('c0ffee m').digest('hex')
    const chosen = ['a', 'b', 'c'][Math.floor((Number.parseInt(hash.slice(0, 12), 16) / 2 ** 48) * 3)] ?? ''
    const others = ['a', 'b', 'c'].filter((name) => name !== chosen)
    assert.deepEqual(results(run), {
      ...Object.fromEntries(others.map((name) => [`m.${name}`, 'skipped (variant)'])),
      [`m.${chosen}`]: 'success',
      m: 'success',
      after: 'success',
    })
    assert.equal(endOf(run, `m.${others[0]}`).detail, `the commit c0ffee chose ${chosen} (strategy.variant)`)
    const notices = run.journal.flatMap((event) => (event.type === 'notice' ? [`${event.id}: ${event.message}`] : []))
    assert.deepEqual(notices, [
      `m: ${chosen} runs, of 3 variants: the commit c0ffee chose ${chosen} (strategy.variant)`,
    ])
    assert.equal(runEnd(run).result, 'success')
  })

  it('comes as often as its weight says', () => {
    const counts = { a: 0, b: 0, c: 0 }
    for (let index = 0; index < 1500; index++) {
      const [id = ''] = ran({ by: 'commit', weights: { a: 8 } }, `commit ${index}`)
      if (id === 'm.a') counts.a++
      else if (id === 'm.b') counts.b++
      else counts.c++
    }
    assert.ok(Math.abs(counts.a - 1200) < 60, JSON.stringify(counts))
    assert.ok(Math.abs(counts.b - 150) < 40 && Math.abs(counts.c - 150) < 40, JSON.stringify(counts))
  })

  it('is chosen by a label, whatever its case, else is the first', () => {
    assert.deepEqual(ran({ by: 'label' }, '1', ['bug', 'M:C', 'm:b']), ['m.b'], 'the first of the file that has one')
    assert.deepEqual(ran({ by: 'label', labels: { c: 'deep review' } }, '1', ['Deep Review']), ['m.c'])
    assert.deepEqual(ran({ by: 'label', labels: { c: 'deep review' } }, '1', ['m:c']), ['m.a'])
    assert.deepEqual(ran({ by: 'label' }, '1'), ['m.a'])
  })

  it('is the first where there is no commit', () => {
    const { plan } = optionsOf({ by: 'commit' }, '')
    assert.deepEqual(startOrder(simulate({ plan })), ['m.a', 'after'])
  })

  it('names the first twenty of many that run', () => {
    const many = Array.from({ length: 22 }, (_, index) => command(`m.v${index}`))
    const run = simulate({ plan: plan([group('m', 'matrix', many, { variant: { by: 'all' } })]) })
    const told = run.journal.find((event) => event.type === 'notice')
    assert.match(told?.message ?? '', /, v19 and 2 more run, of 22 variants: /)
  })

  it('runs all side by side, and what --only asks for whatever was chosen', () => {
    assert.deepEqual(ran({ by: 'all' }, '1'), ['m.a', 'm.b', 'm.c'])
    for (const name of ['a', 'b', 'c']) {
      const options = { ...optionsOf({ by: 'commit' }, '1'), only: [`m.${name}`] }
      assert.deepEqual(startOrder(simulate(options)), [`m.${name}`])
    }
  })

  it('is the same when the run goes on, wherever it was cut, and in each round', () => {
    const options = optionsOf({ by: 'commit' }, 'feed')
    const { journal, tasks } = simulate(options)
    const chosen = tasks[0]?.id
    for (let length = 1; length < journal.length; length++) {
      const run = simulate(options, journal.slice(0, length))
      assert.ok(startOrder(run).every((id) => id === chosen || id === 'after'))
      assert.equal(runEnd(run).result, 'success')
    }
    const inner = group(
      'l.m',
      'matrix',
      ['a', 'b', 'c'].map((name) => command(`l.m.${name}`)),
      {
        variant: { by: 'commit' },
      },
    )
    const loop = group('l', 'sequence', inner, { repeat: { until: 'false', max: 4, onExhausted: 'success' } })
    const rounds = startOrder(simulate({ plan: plan([loop]), context: options.context }))
    assert.equal(new Set(rounds.map((id) => id.replace(/#\d/, ''))).size, 1, rounds.join())
    assert.equal(rounds.length, 4)
  })

  it('leaves out the whole of a variant that is a group', () => {
    const groups = ['a', 'b'].flatMap((name) => group(`m.${name}`, 'sequence', [command(`m.${name}.x`)]))
    const run = simulate({
      plan: plan([group('m', 'matrix', groups, { variant: { by: 'label', labels: { b: 'x' } } })]),
      context: { github: { event: { issue: { labels: [{ name: 'x' }] } } } },
    })
    assert.deepEqual(startOrder(run), ['m.b.x'])
    assert.equal(results(run)['m.a'], 'skipped (variant)')
    assert.equal(results(run)['m.a.x'], 'skipped (upstream)')
  })

  it('answers for the whole, also one that is a group; where all ran, or none, nobody does', () => {
    const readers = (variants: Parameters<typeof group>[2], variant: VariantRule, only?: readonly string[]) =>
      simulate({
        ...(only && { only }),
        plan: plan([
          group('m', 'matrix', variants, { variant }),
          command('after', {
            needs: [{ from: 'm', when: 'always' }],
            process: { env: { SAID: '${{ needs.m.text }}', TRIES: '${{ needs.m.attempts }}' } },
          }),
        ]),
        behave: ({ id }) => ({ text: `said ${id}` }),
      }).tasks.at(-1)?.env
    const one = { by: 'label' } as const
    assert.deepEqual(readers(cells, one), { SAID: 'said m.a', TRIES: '1' })
    assert.deepEqual(readers(cells, { by: 'all' }), { SAID: '', TRIES: '0' })
    assert.deepEqual(readers(cells, one, ['m.a', 'm.b', 'after']), { SAID: '', TRIES: '0' }, 'nor for two of three')
    const inner = group('m.a', 'matrix', [command('m.a.x'), command('m.a.y')], { variant: one })
    assert.deepEqual(readers([...inner, command('m.b')], one), { SAID: 'said m.a.x', TRIES: '1' })
  })
})
