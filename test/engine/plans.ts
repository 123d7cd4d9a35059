import type {
  Budget,
  Edge,
  GateInstance,
  GroupInstance,
  Instance,
  ProcessInstance,
  When,
} from '../../src/core/instance.ts'
import { defaultReport, type Plan } from '../../src/core/plan.ts'
import { condition } from '../rig/conditions.ts'

type Needs = readonly (string | (Partial<Edge> & { readonly from: string }))[]

export type ProcessOverrides = Partial<Omit<ProcessInstance, 'process' | 'needs' | 'kind' | 'retry'>> & {
  readonly needs?: Needs
  readonly process?: Partial<ProcessInstance['process']>
  readonly retry?: Partial<ProcessInstance['retry']>
}

/** An edge; a bare id is a plain one. */
export function edges(needs: Needs): Edge[] {
  return needs.map((need) =>
    typeof need === 'string'
      ? { from: need, when: 'success', delayMs: 0, plain: true }
      : { when: 'success' satisfies When, delayMs: 0, plain: false, ...need },
  )
}

/** A command that does nothing in particular. */
export function command(id: string, overrides: ProcessOverrides = {}): ProcessInstance {
  const { needs = [], process, retry, ...rest } = overrides
  return {
    kind: 'process',
    id,
    label: id,
    key: id.split('.').at(-1) ?? id,
    needs: edges(needs),
    join: 'all',
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
    outputs: {},
    retry: { attempts: 1, on: [], backoffMs: 1000, maxBackoffMs: 60_000, ...retry },
    fallback: [],
    continueOnError: false,
    priority: 0,
    pool: 'commands',
    ...rest,
    ...(rest.if !== undefined && condition(rest.if)),
  }
}

/** An agent that is asked something. */
export function agent(id: string, overrides: ProcessOverrides = {}): ProcessInstance {
  const { process, ...rest } = overrides
  return command(id, {
    pool: 'agents',
    process: { runtime: 'claude', action: { kind: 'prompt', prompt: 'hi' }, ...process },
    ...rest,
  })
}

export type GroupOverrides = Partial<Omit<GroupInstance, 'needs' | 'kind' | 'members'>> & {
  readonly needs?: Needs
  readonly if?: string
  readonly expansion?: GateInstance['expansion']
}

/**
 * A group as the compiler makes it: gate, members, group. Members are given with ids inside the group (`group.key`);
 * those without needs hang on the gate, the others get the gate's edge first.
 */
export function group(
  id: string,
  form: GroupInstance['form'],
  members: readonly Instance[],
  overrides: GroupOverrides = {},
): Instance[] {
  const { needs = [], if: opens, join = 'all', expansion, ...rest } = overrides
  const gate = `${id}..open`
  const own = (member: Instance): boolean =>
    member.id.startsWith(`${id}.`) && !member.id.slice(id.length + 1).includes('.')
  const direct = members.filter((member) => own(member) && member.kind !== 'gate')
  const opened = members.map((member): Instance => {
    const entry = own(member) && member.kind === 'process'
    const inner = member.kind === 'gate' && direct.some((group) => group.id === member.group)
    const parented: Instance =
      own(member) && member.kind !== 'gate'
        ? { ...member, parent: id, ...(rest.repeat !== undefined && { round: 1 }) }
        : member
    if (!entry && !inner) return parented
    return { ...parented, needs: [{ from: gate, when: 'success', delayMs: 0, plain: false }, ...member.needs] }
  })
  const common = { label: id, key: id.split('.').at(-1) ?? id }
  return [
    {
      kind: 'gate',
      id: gate,
      group: id,
      ...common,
      needs: edges(needs),
      join,
      ...(opens !== undefined && condition(opens)),
      ...(expansion !== undefined && { expansion }),
    },
    ...opened,
    {
      kind: 'group',
      id,
      ...common,
      form,
      gate,
      members: direct.map((member) => member.id),
      needs: [gate, ...direct.map((member) => member.id)].map((from) => ({
        from,
        when: 'always' as const,
        delayMs: 0,
        plain: false,
      })),
      join: 'all',
      outputs: {},
      continueOnError: false,
      failFast: false,
      ...rest,
    },
  ]
}

/** A plan of these instances. */
export function plan(instances: readonly (Instance | readonly Instance[])[], overrides: Partial<Plan> = {}): Plan {
  return {
    v: 1,
    name: 'test',
    source: null,
    inputs: {},
    env: {},
    instances: instances.flat(),
    maxParallel: { total: null, agents: null, commands: null },
    reserve: {},
    runtimes: {},
    report: defaultReport,
    ...overrides,
  }
}

/** A budget in tokens. */
export function tokens(limit: number, onExceeded: Budget['onExceeded'] = 'stop', warnAt = 0.8): Budget {
  return { tokens: limit, warnAt, onExceeded }
}
