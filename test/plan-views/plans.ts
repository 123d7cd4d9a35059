import type { Edge, GateInstance, GroupInstance, Instance, ProcessInstance } from '../../src/core/instance.ts'
import { defaultReport, type Plan } from '../../src/core/plan.ts'
import { condition, expression } from '../rig/conditions.ts'

/** An edge as a bare id makes it, changed by `over`. */
export function edge(from: string, over: Partial<Edge> = {}): Edge {
  return { from, when: 'success', delayMs: 0, plain: Object.keys(over).length === 0, ...over }
}

/** A shell instance, or with `model` an agent one. */
export function instance(
  id: string,
  over: Partial<Omit<ProcessInstance, 'process'>> & { process?: Partial<ProcessInstance['process']> } = {},
): ProcessInstance {
  const { process, ...rest } = over
  return {
    kind: 'process',
    id,
    label: id,
    key: id.split('.').at(-1) ?? id,
    needs: [],
    join: 'all',
    outputs: {},
    retry: { attempts: 1, on: [], backoffMs: 2000, maxBackoffMs: 60_000 },
    fallback: [],
    continueOnError: false,
    priority: 0,
    pool: process?.runtime === 'claude' || process?.runtime === 'codex' ? 'agents' : 'commands',
    ...rest,
    process: {
      runtime: 'shell',
      action: { kind: 'script', script: 'true' },
      args: [],
      env: {},
      secrets: [],
      workspace: { kind: 'shared', apply: false },
      limits: {},
      attach: [],
      parse: { kind: 'none' },
      expect: {},
      safety: 'default',
      ...process,
    },
  }
}

/** Gate, members and group, with the edges a compiled file has. */
export function group(
  id: string,
  form: GroupInstance['form'],
  members: readonly ProcessInstance[],
  over: Partial<GroupInstance> & { expansion?: GateInstance['expansion'] } = {},
): Instance[] {
  const { expansion, needs = [], join = 'all', if: opens, ...rest } = over
  const common = { label: id, key: id, ...(rest.parent !== undefined && { parent: rest.parent }) }
  const gateId = `${id}..open`
  const gate: GateInstance = {
    ...common,
    kind: 'gate',
    id: gateId,
    group: id,
    needs,
    join,
    ...(opens !== undefined && condition(opens)),
    ...(expansion !== undefined && { expansion }),
  }
  const inside = members.map((member, index) => {
    const previous = form === 'sequence' ? members[index - 1]?.id : undefined
    const fromGate: Edge = { from: gateId, when: 'success', delayMs: 0, plain: false }
    return {
      ...member,
      parent: id,
      needs: [fromGate, ...(previous === undefined ? [] : [edge(previous)]), ...member.needs],
      ...(previous !== undefined && { previous }),
    }
  })
  return [
    gate,
    ...inside,
    {
      ...common,
      kind: 'group',
      id,
      form,
      gate: gateId,
      members: members.map((member) => member.id),
      needs: [always(gateId), ...members.map((member) => always(member.id))],
      join: 'all',
      outputs: {},
      continueOnError: false,
      failFast: true,
      ...rest,
    },
  ]
}

function always(from: string): Edge {
  return { from, when: 'always', delayMs: 0, plain: false }
}

/** A plan of these nodes. */
export function planOf(instances: readonly Instance[], over: Partial<Plan> = {}): Plan {
  return {
    v: 1,
    name: 'example',
    source: null,
    inputs: {},
    env: {},
    instances,
    maxParallel: { total: null, agents: null, commands: null },
    reserve: {},
    runtimes: {},
    report: defaultReport,
    ...over,
  }
}

const claude = { runtime: 'claude', model: 'opus', action: { kind: 'prompt', prompt: 'Review it.' } } as const

/** The shapes that the views are held against, by name. */
export const plans: Readonly<Record<string, { plan: Plan; commandLines?: ReadonlyMap<string, string> }>> = {
  review: {
    plan: planOf(
      [
        instance('diff'),
        instance('security', {
          needs: [edge('diff')],
          process: { ...claude, budget: { tokens: 50_000, costUsd: 1.5, warnAt: 0.8, onExceeded: 'stop' } },
        }),
        instance('tests', { needs: [edge('diff')], continueOnError: true }),
        instance('fix', {
          needs: [
            edge('tests', { when: 'failure' }),
            edge('security', {
              when: expression("needs.security.outputs.max-severity == 'high'"),
              delayMs: 90_000,
            }),
          ],
          join: 'any',
          process: {
            ...claude,
            runtime: 'codex',
            budget: { tokens: 20_000, costUsd: 2, warnAt: 0.8, onExceeded: 'cancel' },
          },
          retry: { attempts: 3, on: ['rate-limit', 'overloaded'], backoffMs: 2000, maxBackoffMs: 60_000 },
          fallback: [{ runtime: 'claude', model: 'sonnet' }],
        }),
        instance('tell', { label: 'Tell everyone', needs: [edge('fix'), edge('tests')], ...condition('always()') }),
      ],
      { name: 'pr-review', maxParallel: { total: 4, agents: null, commands: null } },
    ),
    commandLines: new Map([
      ['diff', 'bash -e -c "git diff --no-color \\"origin/$BASE\\"...HEAD"'],
      ['security', 'claude --print --model opus --api-key ***'],
    ]),
  },
  rounds: {
    plan: planOf(
      [
        instance('build'),
        ...group(
          'green',
          'sequence',
          [
            instance('green.fix', {
              process: { ...claude, budget: { tokens: 1000, warnAt: 0.8, onExceeded: 'stop' } },
              round: 1,
            }),
            instance('green.test', { round: 1 }),
          ],
          {
            needs: [edge('build')],
            repeat: { until: "needs.test.result == 'success'", max: 5, onExhausted: 'success' },
          },
        ),
        instance('after', { needs: [edge('green')] }),
      ],
      { name: 'rounds' },
    ),
  },
  groups: {
    plan: planOf(
      [
        instance('build'),
        ...group(
          'checks',
          'parallel',
          [instance('checks.lint'), instance('checks.types', { needs: [edge('checks.lint', { when: 'completed' })] })],
          { needs: [edge('build')], if: "inputs.checks != 'none'" },
        ),
        ...group(
          'release',
          'sequence',
          [
            instance('release.verify'),
            instance('release.notes', { process: claude }),
            instance('release.publish', { startAt: { afterMs: 60_000 }, process: { timeoutMs: 300_000 } }),
          ],
          { needs: [edge('checks'), edge('build', { when: 'always' })] },
        ),
        ...group(
          'cells',
          'matrix',
          [
            instance('cells.a-1', { label: 'cells (a, 1)', matrix: { x: 'a', y: 1 } }),
            instance('cells.a-2', { label: 'cells (a, 2)', matrix: { x: 'a', y: 2 } }),
          ],
          { maxParallel: 1, needs: [edge('release')] },
        ),
        ...group('later', 'matrix', [], {
          needs: [edge('build')],
          expansion: {
            matrix: '${{ fromJSON(needs.build.text) }}',
            template: [
              instance('later.*', {
                label: 'later',
                needs: [{ from: 'later..open', when: 'success', delayMs: 0, plain: false }],
                process: claude,
              }),
            ],
          },
        }),
      ],
      { name: 'groups', budget: { tokens: 2_000_000, costUsd: 5, warnAt: 0.8, onExceeded: 'stop' } },
    ),
  },
  labels: {
    plan: planOf(
      [
        instance('end', { label: 'end' }),
        instance('quotes', { label: 'say "hi" [now] {x} (y) <b>|&amp;`#`;\\n', needs: [edge('end')] }),
        instance('lines', { label: 'one\ntwo\u001b[31m red\u202e', needs: [edge('quotes', { when: 'skipped' })] }),
        instance('wide', { label: '日本語のラベル 🎉 ünïcödé', needs: [edge('lines')] }),
        instance('long', {
          label: 'x'.repeat(1000),
          needs: [edge('wide', { when: expression(`needs.wide.text == '${'"]'.repeat(400)}'`) })],
        }),
        instance('subgraph', { label: '', process: { runtime: 'claude', model: '${{ inputs.model }}' } }),
      ],
      { name: 'end "of" it' },
    ),
  },
  empty: { plan: planOf([], { name: 'nothing' }) },
}
