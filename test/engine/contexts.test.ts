import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Json, JsonObject } from '../../src/core/json.ts'
import { freeAccounting, unknownAccounting } from '../../src/core/usage.ts'
import { agent, command, group, plan } from './plans.ts'
import { endOf, results, runEnd, simulate, spent, startOrder, type SimulationOptions } from './simulator.ts'

/** What `${{ expression }}` is in the environment of an instance `z` that needs `needs`. */
function seen(
  expressions: Record<string, string>,
  options: SimulationOptions,
  overrides: Parameters<typeof command>[1],
): Record<string, string> {
  const env = Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, `\${{ ${expression} }}`]),
  )
  const run = simulate({
    ...options,
    plan: { ...options.plan, instances: [...options.plan.instances, command('z', { ...overrides, process: { env } })] },
  })
  const task = run.tasks.find(({ id }) => id === 'z')
  assert.ok(task, endOf(run, 'z').detail)
  return task.env
}

const exit = { failure: { kind: 'exit', code: 3, detail: 'three' } } as const

describe('a text that was cut', () => {
  const notices = (read: string): string[] => {
    const { journal } = simulate({
      plan: plan([command('a'), command('b', { needs: ['a'], if: read }), command('c', { needs: ['a'], if: read })]),
      behave: () => ({ text: 'start … end', textTruncated: true }),
    })
    return journal.flatMap((event) => (event.type === 'notice' ? [`${event.id}: ${event.message}`] : []))
  }

  it('is said to be one, once, when a condition has read it', () => {
    const [notice = '', ...others] = notices("contains(needs.a.text, 'verdict')")
    assert.match(notice, /^a: its text was cut to 262,144 characters.*`stdout-file`/)
    assert.deepEqual(others, [])
  })

  it('is no matter where nothing reads it', () => {
    assert.deepEqual(notices("needs.a.result == 'success'"), [])
  })
})

describe('contexts', () => {
  it('show the run, its inputs and the event', () => {
    assert.deepEqual(
      seen(
        {
          A: 'inputs.base',
          B: 'github.sha',
          C: 'run.id',
          D: 'env.CI',
          E: 'matrix.os',
          F: 'previous.text',
          G: 'result',
        },
        { plan: plan([]), context: { inputs: { base: 'main' }, github: { sha: 'abc' }, env: { CI: 'true' } } },
        { matrix: { os: 'linux' } },
      ),
      { A: 'main', B: 'abc', C: 'run', D: 'true', E: 'linux', F: '', G: '' },
    )
  })

  it('show how an instance ended', () => {
    const names = [
      'result',
      'outcome',
      'reason',
      'exit-code',
      'text',
      'outputs.k',
      'json.deep',
      'attempts',
      'duration-ms',
      'cost-usd',
      'usage.total',
      'usage.output',
      'stdout-file',
      'patch-file',
    ]
    const expressions = Object.fromEntries(names.map((name) => [name, `needs.up.${name}`]))
    const behave: SimulationOptions['behave'] = (task) =>
      task.id === 'up'
        ? {
            text: 'hello',
            json: { deep: 1 },
            outputs: { k: 'v' },
            accounting: spent(7, 0.25),
            ...(task.attempt === 1 && exit),
          }
        : {}
    const up = agent('up', { retry: { attempts: 2, on: ['failure'], backoffMs: 100 } })
    assert.deepEqual(seen(expressions, { plan: plan([up]), behave }, { needs: ['up'] }), {
      result: 'success',
      outcome: 'success',
      reason: '',
      'exit-code': '0',
      text: 'hello',
      'outputs.k': 'v',
      'json.deep': '1',
      attempts: '2',
      'duration-ms': '70',
      'cost-usd': '0.5',
      'usage.total': '14',
      'usage.output': '14',
      'stdout-file': '/runs/1/logs/up.2.stdout.log',
      'patch-file': '',
    })
    const failed = seen(
      {
        A: 'needs.up.outcome',
        B: 'needs.up.reason',
        C: 'needs.up.exit-code',
        D: 'needs.none.result',
        E: 'needs.none.exit-code',
        F: 'needs.none.duration-ms',
        G: 'needs.none.denials',
      },
      {
        plan: plan([command('up', { continueOnError: true }), command('none', { if: 'false' })]),
        behave: (task) => (task.id === 'up' ? exit : {}),
      },
      { needs: ['up', { from: 'none', when: 'skipped' }] },
    )
    assert.deepEqual(failed, { A: 'failure', B: 'exit:3', C: '3', D: 'skipped', E: '', F: '', G: '0' })
  })

  it('show the members of a group, by name and as a list, and what they used together', () => {
    const members = [agent('g.one', { outputs: { n: '${{ result.text }}' } }), agent('g.two')]
    const behave: SimulationOptions['behave'] = (task) => ({
      text: task.id,
      accounting: task.id.startsWith('g.') ? spent(5, 0.5) : freeAccounting,
    })
    assert.deepEqual(
      seen(
        {
          A: 'needs.g.instances.one.outputs.n',
          B: "join(needs.g.all.*.text, ' ')",
          C: 'needs.g.usage.total',
          D: 'needs.g.cost-usd',
          E: 'needs.g.outputs.both',
          F: 'needs.g.duration-ms',
        },
        {
          plan: plan(
            group('g', 'parallel', members, { outputs: { both: '${{ needs.one.text }}+${{ needs.two.result }}' } }),
          ),
          behave,
        },
        { needs: ['g'] },
      ),
      { A: 'g.one', B: 'g.one g.two', C: '10', D: '1', E: 'g.one+success', F: '10' },
    )
  })

  it('say null of what an agent used and did not tell, and that a sum with it is a lower bound', () => {
    const names = ['silent.usage', 'silent.cost-usd', 'g.usage.total', 'g.usage.partial', 'told.usage.partial']
    const members = [agent('g.one'), agent('g.two')]
    assert.deepEqual(
      seen(
        Object.fromEntries(names.map((name) => [name, `toJSON(needs.${name})`])),
        {
          plan: plan([agent('silent'), agent('told'), ...group('g', 'parallel', members)]),
          behave: ({ id }) => ({ accounting: id === 'silent' || id === 'g.two' ? unknownAccounting : spent(5, 0.5) }),
        },
        { needs: ['silent', 'told', 'g'] },
      ),
      {
        'silent.usage': 'null',
        'silent.cost-usd': 'null',
        'g.usage.total': '5',
        'g.usage.partial': 'true',
        'told.usage.partial': 'false',
      },
    )
  })

  it('show each upstream once, by name and in lists, and no gates', () => {
    const members = [
      command('g.a', {
        needs: ['up'],
        names: { up: 'up', gone: 'nobody' },
        process: { env: { KEYS: "${{ join(needs.*.text, ' ') }}", ALL: "${{ contains(toJSON(needs), 'open') }}" } },
      }),
    ]
    const run = simulate({
      plan: plan([
        command('up'),
        command('over'),
        ...group('g', 'parallel', members, { needs: ['over'] }),
        command('z', { needs: ['g'], process: { env: { MEMBERS: "${{ join(needs.g.instances.*.text, ' ') }}" } } }),
      ]),
      behave: (task) => ({ text: task.id }),
    })
    assert.deepEqual(run.tasks.find(({ id }) => id === 'g.a')?.env, { KEYS: 'up over', ALL: 'false' })
    assert.deepEqual(run.tasks.at(-1)?.env, { MEMBERS: 'g.a' })
  })

  it('have no round before it outside of a loop, and in one that of the loop for all that is in it', () => {
    const read = { process: { env: { BEFORE: "${{ previous-round.result || 'none' }}" } } }
    assert.equal(simulate({ plan: plan([command('a', read)]) }).tasks[0]?.env['BEFORE'], 'none')
    const inner = group('g.in', 'parallel', [command('g.in.a', read)])
    const grouped = simulate({
      plan: plan(group('g', 'sequence', inner, { repeat: { until: 'false', max: 2, onExhausted: 'success' } })),
    })
    assert.deepEqual(
      grouped.tasks.map(({ env }) => env['BEFORE']),
      ['none', 'success'],
    )
  })

  it('show files under the directory of the run, unless they say where they are', () => {
    const made = plan([
      agent('up'),
      command('wait', { needs: ['up'] }),
      command('z', {
        needs: ['up', 'wait'],
        process: { env: { PATCH: '${{ needs.up.patch-file }}', OUT: '${{ needs.up.stdout-file }}' } },
      }),
    ])
    const filesIn = (patchFile: string, stdoutFile: string) => {
      const { journal } = simulate({ plan: made })
      const until = journal.findIndex((event) => event.type === 'attempt.ended' && event.id === 'up')
      const prefix = journal
        .slice(0, until + 1)
        .map((event) => (event.type === 'attempt.ended' ? { ...event, patchFile, stdoutFile } : event))
      return simulate({ plan: made }, prefix).tasks.at(-1)?.env
    }
    assert.deepEqual(filesIn('changes.patch', '/tmp/out.log'), { PATCH: '/runs/1/changes.patch', OUT: '/tmp/out.log' })
    assert.deepEqual(filesIn('C:\\out\\a.patch', '\\\\host\\b.log'), {
      PATCH: 'C:\\out\\a.patch',
      OUT: '\\\\host\\b.log',
    })
  })

  it('show how long it took: no time is 0, nothing is nothing', () => {
    const durations = (behave: SimulationOptions['behave']) => {
      const run = simulate({
        plan: plan([
          command('up', { outputs: { own: '${{ result.duration-ms }}' } }),
          command('z', {
            needs: [{ from: 'up', when: 'always' }],
            process: { env: { MS: '[${{ needs.up.duration-ms }}]' } },
          }),
        ]),
        behave,
      })
      return [endOf(run, 'up').outputs['own'], run.tasks.at(-1)?.env['MS']]
    }
    assert.deepEqual(
      durations(() => ({ durationMs: 40 })),
      [40, '[40]'],
    )
    assert.deepEqual(
      durations(() => ({ durationMs: 0 })),
      [0, '[0]'],
    )
    const spawn = { kind: 'spawn', code: 'ENOENT', detail: '' } as const
    assert.deepEqual(
      durations((task) => (task.id === 'up' ? { neverStarts: true, failure: spawn } : {})),
      [undefined, '[0]'],
    )
  })

  it('let a member read what its group needs, its siblings by name, and the one before it', () => {
    const members = [
      command('g.a'),
      command('g.b', {
        needs: [{ from: 'g.a' }],
        previous: 'g.a',
        names: { a: 'g.a' },
        process: { env: { A: '${{ needs.up.text }}', B: '${{ needs.a.text }}', C: '${{ previous.text }}' } },
      }),
    ]
    const run = simulate({
      plan: plan([command('up'), ...group('g', 'sequence', members, { needs: ['up'] })]),
      behave: (task) => ({ text: `from ${task.id}` }),
    })
    assert.deepEqual(run.tasks.at(-1)?.env, { A: 'from up', B: 'from g.a', C: 'from g.a' })
  })
})

describe('a task', () => {
  it('has all its templates rendered, and the environment of the plan under its own', () => {
    const x = '${{ inputs.x }}'
    const run = simulate({
      plan: plan(
        [
          agent('a', {
            process: {
              action: { kind: 'prompt', prompt: `p ${x}` },
              model: x,
              args: ['-v', x],
              instructions: x,
              workingDirectory: x,
              attach: [x],
              env: { OWN: x, BOTH: 'own' },
            },
          }),
          command('b', { process: { action: { kind: 'argv', argv: ['echo', x] } } }),
          command('c', { process: { action: { kind: 'script', script: `echo ${x}`, shell: 'bash' } } }),
        ],
        { env: { PLAN: x, BOTH: 'plan' } },
      ),
      context: { inputs: { x: 'X' } },
    })
    const [a, b, c] = run.tasks
    assert.deepEqual(a?.action, { kind: 'prompt', prompt: 'p X' })
    assert.deepEqual(
      [a?.model, a?.args, a?.instructions, a?.workingDirectory, a?.attach],
      ['X', ['-v', 'X'], 'X', 'X', ['X']],
    )
    assert.deepEqual(a?.env, { PLAN: 'X', BOTH: 'own', OWN: 'X' })
    assert.deepEqual(b?.action, { kind: 'argv', argv: ['echo', 'X'] })
    assert.deepEqual(c?.action, { kind: 'script', script: 'echo X', shell: 'bash' })
  })

  it('that cannot be rendered fails, naming the template', () => {
    const bad = "${{ fromJSON('x') }}"
    const detailOf = (process: Parameters<typeof agent>[1]) => {
      const run = simulate({ plan: plan([agent('a', process)]) })
      assert.equal(run.tasks.length, 0)
      assert.equal(results(run)['a'], 'failure (spawn)')
      return endOf(run, 'a').detail.split(':')[0]
    }
    assert.equal(detailOf({ process: { action: { kind: 'prompt', prompt: bad } } }), 'prompt')
    assert.equal(detailOf({ process: { action: { kind: 'script', script: bad } } }), 'run')
    assert.equal(detailOf({ process: { action: { kind: 'argv', argv: ['a', bad] } } }), 'command[1]')
    assert.equal(detailOf({ process: { env: { X: bad } } }), 'env.X')
    assert.equal(detailOf({ process: { model: bad } }), 'model')
    assert.equal(detailOf({ process: { args: [bad] } }), 'args[0]')
    assert.equal(detailOf({ process: { attach: [bad] } }), 'attach[0]')
    assert.equal(detailOf({ process: { instructions: bad } }), 'instructions')
    assert.equal(detailOf({ process: { workingDirectory: bad } }), 'working-directory')
  })
})

describe('outputs', () => {
  it('are the answer by its schema, what the process appended, and what the file maps, the later winning', () => {
    const run = simulate({
      plan: plan([
        agent('a', {
          process: { outputSchema: { type: 'object' } },
          outputs: { mapped: '${{ result.json.list }}', c: 'file', status: '${{ result.outcome }}' },
        }),
      ]),
      behave: () => ({ json: { list: [1], b: 'answer', c: 'answer' }, outputs: { b: 'appended', c: 'appended' } }),
    })
    assert.deepEqual(endOf(run, 'a').outputs, { list: [1], b: 'appended', c: 'file', mapped: [1], status: 'success' })
    const plain = simulate({ plan: plan([command('a')]), behave: () => ({ json: { b: 1 } }) })
    assert.deepEqual(endOf(plain, 'a').outputs, {})
  })

  it('are the answer only where the file asked for a schema and the answer is a map', () => {
    const of = (json: Json, outputSchema: boolean) => {
      const process = outputSchema ? { outputSchema: {} } : {}
      return endOf(simulate({ plan: plan([agent('a', { process })]), behave: () => ({ json }) }), 'a').outputs
    }
    assert.deepEqual(of({ k: 1 }, true), { k: 1 })
    assert.deepEqual(of({ k: 1 }, false), {})
    for (const json of [['x'], 'text', null, 7]) assert.deepEqual(of(json, true), {})
  })

  it('are copies: they do not change with what they were taken from', () => {
    const run = simulate({
      plan: plan([
        agent('quick'),
        agent('slow'),
        command('z', {
          join: 'any',
          needs: ['quick', 'slow'],
          outputs: { needs: '${{ needs }}', list: '${{ needs.*.text }}' },
        }),
      ]),
      behave: (task) => ({
        durationMs: task.id === 'slow' ? 500 : 10,
        text: task.id,
        accounting: spent(5, 0.5),
      }),
    })
    const { needs, list } = endOf(run, 'z').outputs as Record<string, JsonObject>
    const slow = needs?.['slow'] as JsonObject
    assert.deepEqual([slow['result'], slow['cost-usd'], list], [null, 0, ['quick', null]])
  })

  it('that cannot be made fail what succeeded', () => {
    const bad = simulate({ plan: plan([command('a', { outputs: { good: '1', x: "${{ fromJSON('x') }}" } })]) })
    assert.match(endOf(bad, 'a').detail, /^outputs\.x: .*not JSON/)
    const of = (instances: Parameters<typeof plan>[0]) => {
      const run = simulate({ plan: plan(instances) })
      return runEnd(run).result === 'failure' ? results(run) : undefined
    }
    const outputs = { x: "${{ fromJSON('x') }}" }
    assert.deepEqual(of([command('a', { outputs })]), { a: 'failure (invalid-output)' })
    assert.deepEqual(of(group('g', 'parallel', [command('g.a')], { outputs })), {
      'g.a': 'success',
      g: 'failure (invalid-output)',
    })
  })
})

describe('continue-on-error', () => {
  const of = (template: string) => {
    const run = simulate({
      plan: plan([command('a', { continueOnError: template, matrix: { experimental: true } })]),
      behave: () => exit,
    })
    return endOf(run, 'a')
  }

  it('may be an expression', () => {
    assert.equal(of('${{ matrix.experimental }}').result, 'success')
    assert.equal(of("${{ result.reason == 'exit:3' }}").result, 'success')
    assert.equal(of('${{ !matrix.experimental }}').result, 'failure')
    assert.equal(of('false').result, 'failure')
    assert.equal(of("${{ fromJSON('x') }}").result, 'failure')
    assert.match(of("${{ fromJSON('x') }}").detail, /^three; continue-on-error: /)
  })
})

describe('a dynamic matrix', () => {
  const cellsOf = (id: string) => [
    {
      ...command(`${id}.*`),
      parent: id,
      needs: [{ from: `${id}..open`, when: 'success', delayMs: 0, plain: false } as const],
    },
  ]
  const matrixOf = (matrix: Json, list: Json, include?: Json) => {
    const gate = { from: 'm..open', when: 'success', delayMs: 0, plain: false } as const
    const made = plan([
      command('list'),
      ...group('m', 'matrix', [], {
        needs: ['list'],
        expansion: {
          matrix,
          ...(include !== undefined && { include }),
          template: [{ ...command('m.*', { process: { env: { V: '${{ matrix.v }}' } } }), parent: 'm', needs: [gate] }],
        },
      }),
      command('z', {
        needs: [{ from: 'm', when: 'always' }],
        process: { env: { ALL: '${{ join(needs.m.all.*.text) }}' } },
      }),
    ])
    return simulate({
      plan: made,
      behave: (task) => ({ text: task.env['V'] ?? '', outputs: { list: JSON.stringify(list) } }),
    })
  }
  const whole = '${{ fromJSON(needs.list.outputs.list) }}'

  it('becomes instances when its upstream has ended', () => {
    for (const run of [matrixOf({ v: whole }, ['a', 'b']), matrixOf(whole, { v: ['a', 'b'] })]) {
      assert.deepEqual(results(run), {
        list: 'success',
        'm.a': 'success',
        'm.b': 'success',
        m: 'success',
        z: 'success',
      })
      assert.equal(run.tasks.at(-1)?.env['ALL'], 'a,b')
    }
  })

  it('takes numbers, truths and nothing as they are written', () => {
    const run = matrixOf({ v: [1, true, null, { deep: whole }] }, ['a'])
    assert.deepEqual(
      run.tasks.slice(1, -1).map(({ env }) => env['V']),
      ['1', 'true', '', 'Object'],
    )
  })

  it('of nothing is skipped, and says so', () => {
    const run = matrixOf({ v: whole }, [])
    assert.deepEqual(
      [endOf(run, 'm').result, endOf(run, 'm').reason, endOf(run, 'm').detail],
      ['skipped', 'condition', 'strategy.matrix: `v` has no values'],
    )
    assert.equal(results(run)['z'], 'success')
    assert.deepEqual(results(matrixOf({ v: whole }, [], [{ v: 'c' }]))['m'], 'failure (condition)')
  })

  it('of which everything is excluded is skipped, and says so', () => {
    const detailOf = (exclude: Json) => {
      const run = simulate({
        plan: plan([
          ...group('m', 'matrix', [], { expansion: { matrix: { v: ['a', 'b'] }, exclude, template: cellsOf('m') } }),
        ]),
      })
      return [...startOrder(run), endOf(run, 'm').detail]
    }
    assert.deepEqual(detailOf([{ v: 'a' }]), ['m.b', ''])
    assert.deepEqual(detailOf([{ v: 'a' }, { v: 'b' }]), ['strategy.matrix has no cells'])
    assert.equal(endOf(matrixOf({ v: whole }, [], []), 'm').result, 'skipped')
  })

  it('without meaning fails the group', () => {
    const detail = (run: ReturnType<typeof matrixOf>) => [endOf(run, 'm').result, endOf(run, 'm').detail]
    assert.deepEqual(detail(matrixOf({ v: whole }, 'text')), [
      'failure',
      'strategy.matrix: `v` must be a list of values, found a string',
    ])
    for (const list of [[1], [[]]])
      assert.deepEqual(detail(matrixOf(whole, list)), [
        'failure',
        'strategy.matrix: a matrix must be a map of lists, found a list',
      ])
    assert.match(detail(matrixOf(whole, null))[1] ?? '', /^strategy\.matrix: a matrix must be a map of lists, found /)
    assert.match(detail(matrixOf(whole, 'text'))[1] ?? '', /^strategy\.matrix: a matrix must be a map of lists, found /)
    const huge = Array.from({ length: 10_001 }, (_, index) => index)
    assert.deepEqual(detail(matrixOf({ v: whole }, huge)), [
      'failure',
      'strategy.matrix: the matrix has 10001 combinations; at most 10000 are allowed',
    ])
    assert.match(detail(matrixOf({ v: "${{ fromJSON('x') }}" }, 0))[1] ?? '', /^strategy\.matrix: .*not JSON/)
  })
})
