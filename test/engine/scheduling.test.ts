import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { EngineOptions } from '../../src/engine/progress.ts'
import { startTimeOf } from '../../src/core/start-time.ts'
import { agent, command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, startOrder, type Simulation, type SimulationOptions } from './simulator.ts'

const one = { maxParallel: { total: 1, agents: 1, commands: 1 } }
const start = 1_000_000

/** Virtual milliseconds from the start of the run to each start. */
function startTimes(options: SimulationOptions): Record<string, number> {
  const times: Record<string, number> = {}
  simulate({
    ...options,
    behave: (task, at) => {
      times[task.id] = at - start
      return options.behave?.(task, at) ?? {}
    },
  })
  return times
}

function most(options: SimulationOptions, of: (run: Simulation) => number): number {
  let count = 0
  simulate({ ...options, watch: ({ simulation }) => (count = Math.max(count, of(simulation))) })
  return count
}

const many = (count: number) => Array.from({ length: count }, (_, index) => command(`c${index}`))

describe('who starts first', () => {
  it('is whoever has the highest priority, then the longest way to go, then comes first in the file', () => {
    const run = simulate({
      plan: plan([
        command('short'),
        command('also-short'),
        command('long'),
        command('urgent', { priority: 1 }),
        command('late', { priority: -1 }),
        command('next', { needs: ['long'] }),
      ]),
      engine: one,
    })
    assert.deepEqual(startOrder(run), ['urgent', 'long', 'short', 'also-short', 'next', 'late'])
  })

  it('weighs the way by earlier durations, and what is new by their mean', () => {
    const run = simulate({
      plan: plan([command('a'), command('b'), command('new'), command('a2', { needs: ['a'] })]),
      engine: {
        ...one,
        durations: new Map([
          ['a', 10],
          ['a2', 20],
          ['b', 300],
        ]),
      },
    })
    assert.deepEqual(startOrder(run), ['b', 'new', 'a', 'a2'])
  })

  describe('when the longest way first takes longer than it must', () => {
    const lasting: Record<string, number> = { a: 40, b: 30, 'g.c': 10, 'g.d': 30 }
    const two = { total: 2, agents: 2, commands: 2 }
    const run = (make: typeof command, engine: Partial<EngineOptions>, priority = 0): [string[], number] => {
      const chain = [make('g.c'), make('g.d', { needs: [{ from: 'g.c' }] })]
      const simulation = simulate({
        plan: plan([make('a', { priority }), make('b'), ...group('g', 'sequence', chain)]),
        engine: { maxParallel: two, ...engine },
        behave: (task) => ({ durationMs: lasting[task.id] ?? 0 }),
      })
      return [startOrder(simulation), simulation.now - start]
    }
    const durations = new Map(Object.entries(lasting))

    it('is whoever a rehearsal with earlier durations starts first', () => {
      for (const make of [command, agent]) assert.deepEqual(run(make, { durations }), [['b', 'g.c', 'a', 'g.d'], 60])
    })

    it('stays whoever has the longest way where there is room for all', () => {
      const three = { total: 3, agents: 3, commands: 3 }
      assert.deepEqual(run(command, { durations, maxParallel: three }), [['a', 'g.c', 'b', 'g.d'], 40])
    })

    it('stays whoever has priority', () => {
      assert.deepEqual(run(command, { durations }, 1), [['a', 'g.c', 'b', 'g.d'], 70])
    })
  })

  it('weighs what is new by the exact mean, also of a single duration', () => {
    const first = (durations: Record<string, number>, ...instances: Parameters<typeof plan>[0]) =>
      startOrder(
        simulate({ plan: plan(instances), engine: { ...one, durations: new Map(Object.entries(durations)) } }),
      )[0]
    const known = command('known')
    assert.equal(first({ known: 15, a: 10, b: 20 }, known, command('new')), 'known', 'as long: the order of the file')
    assert.equal(first({ known: 14, a: 10, b: 18 }, command('new'), known), 'new')
    assert.equal(first({ known: 100 }, known, command('new'), command('next', { needs: ['new'] })), 'new')
    assert.equal(first({}, known, command('new'), command('next', { needs: ['new'] })), 'new')
  })

  it('gives a group no weight of its own', () => {
    const run = simulate({
      plan: plan([
        command('x'),
        command('x2', { needs: ['x'] }),
        ...group('g', 'parallel', [command('g.a')]),
        command('y', { needs: ['g'] }),
      ]),
      engine: one,
    })
    assert.deepEqual(startOrder(run), ['x', 'g.a', 'x2', 'y'])
  })

  it('weighs the cells of a dynamic matrix by the way beyond it too', () => {
    const run = simulate({
      plan: plan([
        command('a'),
        command('a2', { needs: ['a'] }),
        ...group('m', 'matrix', [], {
          expansion: {
            matrix: { v: [1] },
            template: [
              {
                ...command('m.*'),
                parent: 'm',
                needs: [{ from: 'm..open', when: 'success', delayMs: 0, plain: false }],
              },
            ],
          },
        }),
        command('y', { needs: ['m'] }),
        command('z', { needs: ['y'] }),
      ]),
      engine: one,
    })
    assert.deepEqual(startOrder(run), ['m.1', 'a', 'y', 'a2', 'z'])
  })

  it('is found quickly in a plan with very many ways, whatever is selected or resumed', () => {
    const layers = Array.from({ length: 40 }, (_, layer) =>
      ['a', 'b'].map((name) =>
        command(`${name}${layer}`, { needs: layer === 0 ? [] : [`a${layer - 1}`, `b${layer - 1}`] }),
      ),
    )
    const options = { plan: plan(layers.flat()), only: ['a39'] }
    const first = simulate({
      ...options,
      behave: ({ id }) => (id === 'a0' ? { failure: { kind: 'exit', code: 1 } } : {}),
    })
    assert.equal(simulate(options, first.journal).tasks.length, 78)
  })

  it('looks through groups', () => {
    const run = simulate({
      plan: plan([
        command('x'),
        ...group('g', 'sequence', [command('g.a'), command('g.b', { needs: [{ from: 'g.a' }] })]),
        command('y', { needs: ['g'] }),
      ]),
      engine: one,
    })
    assert.deepEqual(startOrder(run), ['g.a', 'g.b', 'x', 'y'])
  })
})

describe('limits', () => {
  it('hold in all and for each pool', () => {
    const mixed = plan([...many(6), ...Array.from({ length: 6 }, (_, index) => agent(`a${index}`))])
    const limits = { total: 4, agents: 3, commands: 2 }
    assert.equal(
      most({ plan: mixed, engine: { maxParallel: limits } }, (run) => run.running.size),
      4,
    )
    assert.equal(
      most({ plan: plan(many(6)), engine: { maxParallel: limits } }, (run) => run.running.size),
      2,
    )
  })

  it('hold for the members of a group, a member that is a group counting once', () => {
    const cells = ['g.a', 'g.b', 'g.c'].flatMap((id) => group(id, 'parallel', [command(`${id}.x`), command(`${id}.y`)]))
    const options = {
      plan: plan(group('g', 'matrix', cells, { maxParallel: 2 })),
      engine: { maxParallel: { total: 9, agents: 9, commands: 9 } },
    }
    assert.equal(
      most(options, (run) => run.running.size),
      4,
    )
    assert.equal(
      most(options, (run) => new Set([...run.running.keys()].map((id) => id.slice(0, 3))).size),
      2,
    )
    const flat = {
      ...options,
      plan: plan(
        group(
          'g',
          'matrix',
          ['g.a', 'g.b', 'g.c', 'g.d'].map((id) => command(id)),
          { maxParallel: 2 },
        ),
      ),
    }
    assert.equal(
      most(flat, (run) => run.running.size),
      2,
    )
  })

  it('hold for groups in groups, each cell of the outer one on its own', () => {
    const cells = ['g.a', 'g.b'].flatMap((id) =>
      group(id, 'parallel', [command(`${id}.x`), command(`${id}.y`)], { maxParallel: 1 }),
    )
    const times = startTimes({
      plan: plan(group('g', 'parallel', cells, { maxParallel: 1 })),
      engine: { maxParallel: { total: 9, agents: 9, commands: 9 } },
    })
    assert.deepEqual(times, { 'g.a.x': 0, 'g.a.y': 10, 'g.b.x': 20, 'g.b.y': 30 })
  })

  it('of a group let all start that is in a member that has started', () => {
    const cell = (id: string, agents: number, commands: number) =>
      group(id, 'parallel', [
        agent(`${id}.agent`, { priority: agents }),
        command(`${id}.command`, { priority: commands }),
      ])
    const times = startTimes({
      plan: plan([
        group(
          'g',
          'matrix',
          [
            ...group('g.first', 'parallel', [command('g.first.x', { priority: 9 })]),
            ...cell('g.a', 5, 1),
            ...cell('g.b', 1, 5),
          ],
          { maxParallel: 1 },
        ),
      ]),
      engine: { maxParallel: { total: 9, agents: 9, commands: 9 } },
      behave: ({ id }) => ({ durationMs: id === 'g.first.x' ? 10 : 100 }),
    })
    assert.deepEqual(times, {
      'g.first.x': 0,
      'g.a.agent': 10,
      'g.a.command': 10,
      'g.b.agent': 110,
      'g.b.command': 110,
    })
  })

  it('of one group do not keep the other pool idle', () => {
    const times = startTimes({
      plan: plan([
        agent('busy', { priority: 9 }),
        command('first', { priority: 9 }),
        ...group('g', 'parallel', [agent('g.agent', { priority: 1 }), command('g.command')], {
          maxParallel: 1,
          needs: ['first'],
        }),
      ]),
      engine: { maxParallel: { total: 9, agents: 1, commands: 1 } },
      behave: (task) => ({ durationMs: task.id === 'busy' ? 500 : 10 }),
    })
    assert.equal(times['g.command'], 10)
  })
})

describe('concurrency groups', () => {
  const locked = { concurrency: { group: 'deploy-${{ inputs.to }}', cancelInProgress: false } }

  it('let one in at a time', () => {
    const times = startTimes({ plan: plan([command('a', locked), command('b', locked), command('c')]) })
    assert.deepEqual(times, { a: 0, c: 0, b: 10 })
  })

  it('can stop the one that holds it for one that becomes ready later', () => {
    const replacing = { concurrency: { group: 'm', cancelInProgress: true } }
    const run = simulate({
      plan: plan([command('old', replacing), command('wait'), command('new', { ...replacing, needs: ['wait'] })]),
      behave: (task) => ({ durationMs: task.id === 'old' ? 500 : 10, stopMs: 5 }),
    })
    assert.deepEqual(results(run), { wait: 'success', old: 'cancelled (cancelled)', new: 'success' })
    assert.equal(endOf(run, 'old').detail, 'replaced by new')
    assert.equal(run.journal.at(-1)?.at, start + 25)
  })

  it('whose name cannot be made fail the instance', () => {
    const run = simulate({
      plan: plan([command('a', { concurrency: { group: "${{ fromJSON('x') }}", cancelInProgress: false } })]),
    })
    assert.deepEqual(results(run), { a: 'failure (spawn)' })
    assert.match(endOf(run, 'a').detail, /^concurrency: /)
  })
})

describe('times', () => {
  it('of an edge count from the end of its upstream', () => {
    const of = (join: 'all' | 'any') =>
      startTimes({
        plan: plan([
          command('a'),
          command('b'),
          command('c', {
            join,
            needs: [
              { from: 'a', delayMs: 1000 },
              { from: 'b', delayMs: 100 },
            ],
          }),
        ]),
      })['c']
    assert.equal(of('all'), 1010)
    assert.equal(of('any'), 110)
  })

  it('of an earlier edge move an instance forward that waits for a later one', () => {
    const times = startTimes({
      plan: plan([
        command('a'),
        command('b', { needs: ['a'] }),
        command('c', {
          join: 'any',
          needs: [
            { from: 'a', delayMs: 1000 },
            { from: 'b', delayMs: 100 },
          ],
        }),
      ]),
    })
    assert.equal(times['c'], 120)
  })

  it('hold a group back', () => {
    const times = startTimes({
      plan: plan([command('a'), group('g', 'parallel', [command('g.x')], { needs: [{ from: 'a', delayMs: 50 }] })]),
    })
    assert.equal(times['g.x'], 60)
  })

  it('of an instance count from the start of the run', () => {
    const times = startTimes({
      plan: plan([
        command('a', { startAt: { afterMs: 300 } }),
        command('b', { startAt: { afterMs: 300 }, needs: ['a'] }),
      ]),
    })
    assert.deepEqual(times, { a: 300, b: 310 })
  })

  it('wake the engine once each', () => {
    const run = simulate({
      plan: plan([
        ...many(5),
        command('late', { startAt: { afterMs: 300 } }),
        command('later', { startAt: { afterMs: 400 } }),
      ]),
      engine: one,
    })
    const wakes = run.commands.filter(({ type }) => type === 'wake')
    assert.deepEqual(
      wakes,
      [300, 400].map((ms) => ({ type: 'wake', key: String(start + ms), at: start + ms })),
    )
  })

  it('of day are today, now when they have just passed, or tomorrow', () => {
    const at = (time: string, zone: string) => startTimeOf({ timeOfDay: time }, noon, zone) - noon
    const noon = Date.UTC(2026, 5, 1, 12, 0, 30)
    const minutes = (count: number): number => count * 60_000 - 30_000
    assert.equal(at('22:30', 'UTC'), minutes(630))
    assert.equal(at('12:01', 'UTC'), minutes(1))
    assert.equal(at('12:00', 'UTC'), minutes(0), 'the current minute')
    assert.equal(at('11:01', 'UTC'), minutes(-59), 'missed by a late start')
    assert.equal(at('11:00', 'UTC'), minutes(1380), 'tomorrow')
  })

  it('of day are those of the time zone, across midnight and the change of its clocks', () => {
    assert.equal(
      startTimeOf({ timeOfDay: '22:00' }, Date.UTC(2026, 5, 1, 12), 'Europe/Berlin'),
      Date.UTC(2026, 5, 1, 20),
    )
    assert.equal(startTimeOf({ timeOfDay: '09:00' }, Date.UTC(2026, 5, 1, 23), 'Asia/Tokyo'), Date.UTC(2026, 5, 2, 0))
    assert.equal(startTimeOf({ timeOfDay: '23:50' }, Date.UTC(2026, 5, 1, 0, 10), 'UTC'), Date.UTC(2026, 4, 31, 23, 50))
    const evening = Date.UTC(2026, 9, 24, 18)
    assert.equal(
      startTimeOf({ timeOfDay: '06:00' }, evening, 'Europe/Berlin'),
      Date.UTC(2026, 9, 25, 5),
      'winter time by then',
    )
  })

  it('of day come when the clock shows them first, in the nights in which clocks are changed', () => {
    /** The nights, and when it is changed there. */
    const nights = [
      ['Europe/Berlin', Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)],
      ['America/New_York', Date.UTC(2026, 2, 8, 7), Date.UTC(2026, 10, 1, 6)],
      ['America/Santiago', Date.UTC(2026, 8, 6, 4), Date.UTC(2026, 3, 5, 3)],
      ['Australia/Lord_Howe', Date.UTC(2026, 9, 3, 15, 30), Date.UTC(2026, 3, 4, 15)],
    ] as const
    const minuteMs = 60_000
    for (const [zone, forwards, back] of nights)
      for (const change of [forwards, back]) {
        const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
        const minutes = Array.from({ length: 24 * 60 }, (_, minute) => change - 180 * minuteMs + minute * minuteMs)
        const shown = minutes.map((at) => format.format(at))
        for (const timeOfDay of new Set(shown))
          for (const startedBefore of [120, 30, -20, -50]) {
            const startedAt = change - startedBefore * minuteMs
            const first = minutes.find((at, index) => shown[index] === timeOfDay && at > startedAt - 60 * minuteMs)
            if (first !== undefined)
              assert.equal(startTimeOf({ timeOfDay }, startedAt, zone), first, `${timeOfDay} in ${zone}`)
          }
      }
    for (const [zone, change, skipped] of [
      ['Europe/Berlin', nights[0][1], '02:30'],
      ['America/New_York', nights[1][1], '02:30'],
      ['America/Santiago', nights[2][1], '00:30'],
    ] as const)
      assert.equal(
        startTimeOf({ timeOfDay: skipped }, change - 120 * minuteMs, zone),
        change + 30 * minuteMs,
        `${skipped} is skipped in ${zone}`,
      )
  })

  it('are told when the wait begins, with the zone', () => {
    const run = simulate({
      plan: plan([command('late', { startAt: { timeOfDay: '00:30' } })]),
      startAt: Date.UTC(2026, 5, 1),
    })
    const notices = run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))
    assert.deepEqual(notices, ['waits for its start-at, 00:30 (UTC), until 2026-06-01 00:30:00 UTC'])
    assert.equal(endOf(run, 'late').at, Date.UTC(2026, 5, 1, 0, 30) + 10)
  })

  it('are not told where a delay is longer', () => {
    const later = { needs: [{ from: 'a', delayMs: 1000 }], startAt: { afterMs: 500 } }
    const run = simulate({ plan: plan([command('a'), command('late', later)]) })
    assert.deepEqual(
      run.journal.filter(({ type }) => type === 'notice'),
      [],
    )
    assert.equal(endOf(run, 'late').at, 1_001_020)
  })

  it('and delays are not waited for in a simulated run, which says so', () => {
    const late = [
      command('late', { startAt: { afterMs: 60_000 } }),
      command('b', { needs: [{ from: 'late', delayMs: 60_000 }] }),
    ]
    const run = simulate({ plan: plan(late), simulated: true })
    assert.ok(runEnd(run).at < start + 1000)
    const notices = run.journal.flatMap((event) => (event.type === 'notice' ? [event.message] : []))
    assert.deepEqual(notices, ['does not wait for its start-at, 60 s after the start of the run: the run is simulated'])
    const [told] = simulate({ plan: plan([command('late', { startAt: { afterMs: 3_600_000 } })]) }).journal.slice(1)
    assert.match(
      told?.type === 'notice' ? told.message : '',
      /^waits for its start-at, 3600 s after the start of the run/,
    )
  })
})

describe('pauses', () => {
  const script = (id: string | null, from: number, to: number) => [
    { at: from, event: { type: 'run.paused', id } as const },
    { at: to, event: { type: 'run.unpaused', id } as const },
  ]

  it('of the run let what runs end and start nothing', () => {
    const times = startTimes({ plan: plan(many(3)), engine: one, script: script(null, 5, 100) })
    assert.deepEqual(Object.values(times), [0, 100, 110])
  })

  it('of an instance or a group let the others go on', () => {
    assert.deepEqual(startTimes({ plan: plan(many(3)), engine: one, script: script('c1', 5, 100) }), {
      c0: 0,
      c2: 10,
      c1: 100,
    })
    const grouped = plan([
      command('a'),
      ...group('g', 'parallel', [command('g.x')], { needs: ['a'] }),
      command('z', { needs: ['a'] }),
    ])
    assert.deepEqual(startTimes({ plan: grouped, script: script('g', 5, 100) }), { a: 0, z: 10, 'g.x': 100 })
  })

  it('leave what was cancelled meanwhile as it is', () => {
    const run = simulate({
      plan: plan(many(3)),
      engine: one,
      script: [...script('c1', 5, 100), { at: 50, event: { type: 'instance.cancelled', id: 'c1', by: 'me' } }],
    })
    assert.deepEqual(startOrder(run), ['c0', 'c2'])
    assert.equal(results(run)['c1'], 'cancelled (cancelled)')
  })

  it('of one go on while another is paused or goes on', () => {
    const times = startTimes({
      plan: plan(many(4)),
      engine: one,
      script: [...script('c1', 5, 200), ...script('c2', 6, 100)],
    })
    assert.deepEqual(times, { c0: 0, c3: 10, c2: 100, c1: 200 })
  })
})
