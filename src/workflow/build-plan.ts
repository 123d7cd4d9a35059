import type { Edge, GateInstance, GroupInstance, Instance, Join, ProcessInstance, Repeat } from '../core/instance.ts'
import { statusFunctionsOf } from '../core/status-functions.ts'
import { readBudget } from './amounts.ts'
import { buildProcess } from './build-process.ts'
import type { Compiling } from './compiling.ts'
import { readCondition } from './condition.ts'
import type { InstanceEntry } from './schema-instance.ts'
import type { Draft, GateDraft, GroupDraft } from './draft.ts'
import { readChoice } from './variants.ts'

/** What was found out about drafts: their edges, and what names in their expressions mean. */
export interface Linked {
  readonly edges: ReadonlyMap<string, readonly Edge[]>
  readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** The nodes of the plan. Processes without a runtime are left out: that has been reported. */
export function buildInstances(drafts: readonly Draft[], linked: Linked, compiling: Compiling): Instance[] {
  const instances: Instance[] = []
  for (const draft of drafts) {
    const common = commonOf(draft, linked, compiling)
    if (draft.kind === 'gate') instances.push(gateOf(draft, common, linked, compiling))
    else if (draft.kind === 'group') instances.push(groupOf(draft, common))
    else {
      const parts = buildProcess(draft, compiling)
      if (parts !== undefined) instances.push({ kind: 'process', ...common, ...parts })
    }
  }
  return instances
}

type Common = Pick<ProcessInstance, 'id' | 'label' | 'key' | 'needs' | 'join'> &
  Partial<
    Pick<ProcessInstance, 'parent' | 'previous' | 'paths' | 'if' | 'ifCalls' | 'names' | 'matrix' | 'round' | 'at'>
  >

function commonOf(draft: Draft, linked: Linked, { file }: Compiling): Common {
  const { id, label, key, parent, previous, entry, matrix, inRound } = draft
  const names = linked.names.get(id)
  const condition = draft.isEntrance ? entry.if : undefined
  const paths = draft.isEntrance ? pathsOf(entry) : undefined
  const { start, file: path } = file.origins.ofKey(draft.owner, draft.ownerKey)
  return {
    id,
    label,
    key,
    ...(parent !== undefined && { parent }),
    ...(previous !== undefined && { previous }),
    needs: linked.edges.get(id) ?? draft.edges,
    join: draft.isEntrance ? (readJoin(entry.join) ?? joinOfDefaults(draft, file)) : 'all',
    ...(paths !== undefined && { paths }),
    ...(condition !== undefined &&
      conditionOf(typeof condition === 'string' ? readCondition(condition).source : String(condition))),
    ...(names !== undefined && { names: Object.fromEntries(names) }),
    ...(matrix !== undefined && { matrix }),
    ...(inRound && { round: 1 }),
    at: { file: path, line: start.line, column: start.column },
  }
}

function pathsOf({ paths, 'paths-ignore': ignored }: InstanceEntry): Common['paths'] {
  if (paths !== undefined) return { key: 'paths', filters: paths }
  return ignored && { key: 'paths-ignore', filters: ignored }
}

function conditionOf(condition: string): Pick<Common, 'if' | 'ifCalls'> {
  return { if: condition, ifCalls: statusFunctionsOf(condition) }
}

function readJoin(join: Draft['entry']['join']): Join | undefined {
  return typeof join === 'object' ? { atLeast: join['at-least'], cancelRest: join['cancel-rest'] ?? false } : join
}

function joinOfDefaults(draft: Draft, file: Compiling['file']): Join {
  if (draft.kind === 'group') return 'all'
  return readJoin(file.defaults.find((values) => values.join !== undefined)?.join) ?? 'all'
}

function gateOf(draft: GateDraft, common: Common, linked: Linked, compiling: Compiling): GateInstance {
  const { expansion } = draft
  return {
    kind: 'gate',
    ...common,
    group: draft.group,
    ...(expansion !== undefined && {
      expansion: { ...expansion, template: buildInstances(expansion.template, linked, compiling) },
    }),
  }
}

function groupOf(draft: GroupDraft, common: Common): GroupInstance {
  const { entry, form, gate, members } = draft
  const isMatrix = form === 'matrix'
  // With a matrix, `strategy` speaks of its cells; each cell that is a group has none of its own.
  const strategy = isMatrix || entry.strategy?.matrix === undefined ? entry.strategy : undefined
  const maxParallel = strategy?.['max-parallel']
  const maxInstances = isMatrix ? strategy?.['max-instances'] : undefined
  const variant = isMatrix ? readChoice(entry) : undefined
  const budget =
    entry.budget !== undefined &&
    variant === undefined &&
    (isMatrix
      ? entry.sequence === undefined && entry.parallel === undefined
        ? undefined
        : entry.budget
      : entry.strategy?.matrix === undefined
        ? entry.budget
        : undefined)
  const ownBudget = budget ? readBudget(budget) : undefined
  return {
    kind: 'group',
    ...common,
    form,
    gate,
    members,
    outputs: isMatrix ? {} : (entry.outputs ?? {}),
    continueOnError: isMatrix ? false : (entry['continue-on-error'] ?? false),
    ...(maxParallel !== undefined && { maxParallel }),
    ...(maxInstances !== undefined && { maxInstances }),
    ...(variant !== undefined && { variant }),
    failFast: strategy?.['fail-fast'] ?? (isMatrix && variant === undefined),
    ...(ownBudget !== undefined && { budget: ownBudget }),
    ...(draft.link !== undefined && { link: draft.link }),
    ...(form === 'sequence' && entry.repeat !== undefined && { repeat: readRepeat(entry.repeat) }),
  }
}

function readRepeat(entry: NonNullable<GroupDraft['entry']['repeat']>): Repeat {
  const { until, max } = entry
  return {
    // One that is not valid has been reported.
    until: typeof until === 'string' ? readCondition(until).source : '',
    max,
    onExhausted: entry['on-exhausted'] ?? 'failure',
  }
}
