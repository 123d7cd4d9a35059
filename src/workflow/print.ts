import type {
  Edge,
  GateInstance,
  GroupInstance,
  Instance,
  Join,
  ProcessDefinition,
  ProcessInstance,
  Repeat,
  VariantRule,
} from '../core/instance.ts'
import { isLink } from '../core/is-link.ts'
import type { JsonObject } from '../core/json.ts'
import { cellLabel, matrixCells } from '../core/matrix.ts'
import { defaultReport, type Plan } from '../core/plan.ts'
import { mergeCells, mergeNames } from './print-cells.ts'
import { printFile } from './print-file.ts'
import { printPrices } from './read-prices.ts'
import {
  budgetEntry,
  effectsEntry,
  fallbackAgent,
  minutes,
  processEntry,
  unlessEmpty,
  type PrintedEntry,
} from './print-process.ts'
import { needEntry } from './print-need.ts'
import { isVerification, printGate, printReview } from './print-review.ts'
import { printRuntime } from './print-runtime.ts'
import type { RuntimeEntry } from './schema.ts'
import { isObject } from '../core/is-object.ts'

/**
 * A plan as an orchestration file that compiles to the same plan (but for where it says it comes from). What the file it was
 * compiled from had in `defaults`, `agents`, anchors or other files stands at each instance.
 */
export function printPlan(plan: Plan): string {
  const tree = createTree(plan)
  const agents: Record<string, PrintedEntry> = {}
  for (const instance of tree.nodes.values())
    if (instance.kind === 'process') {
      if (instance.process.agent !== undefined) agents[instance.process.agent] ??= {}
      for (const fallback of instance.fallback)
        if (fallback.agent !== undefined) agents[fallback.agent] = fallbackAgent(instance, fallback)
    }
  const { maxParallel, budget } = plan
  const reserve = Object.entries(plan.reserve).map(([id, { tokens, costUsd }]) => [id, { tokens, 'cost-usd': costUsd }])
  const roots = [...tree.nodes.values()].filter(
    (node) =>
      node.kind !== 'gate' &&
      !isLink(node) &&
      node.parent === undefined &&
      !node.id.endsWith('.*') &&
      !isVerification(node, tree.nodes),
  )
  return printFile({
    name: plan.name,
    inputs: unlessEmpty(plan.inputs),
    env: unlessEmpty(plan.env),
    limits: unlessEmpty({
      'max-parallel': unlessEmpty({
        total: maxParallel.total ?? undefined,
        agents: maxParallel.agents ?? undefined,
        commands: maxParallel.commands ?? undefined,
      }),
      'timeout-minutes': minutes(plan.timeoutMs),
    }),
    budget: unlessEmpty({ ...budgetEntry(budget), reserve: unlessEmpty(Object.fromEntries(reserve)) }),
    prices: plan.prices && printPrices(plan.prices),
    agents: unlessEmpty(agents),
    defaults: [...tree.nodes.values()].some((node) => node.kind === 'process' && node.process.prefix !== undefined)
      ? { 'share-prefix': 'auto' }
      : undefined,
    runtimes: unlessEmpty(runtimesOf(plan)),
    instances: Object.fromEntries(roots.map((node) => [node.key, entryOf(node, tree)])),
    effects: plan.effects && effectsEntry(plan.effects),
    review: printReview(plan, tree.nodes),
    report: reportEntry(plan),
    when: plan.when,
    commands: unlessEmpty(plan.commands ?? {}),
  })
}

/** The plan's nodes by id, with those of the templates of dynamic matrices. */
interface Tree {
  readonly nodes: ReadonlyMap<string, Instance>
}

function createTree(plan: Plan): Tree {
  const nodes = new Map<string, Instance>()
  const add = (instance: Instance): void => {
    nodes.set(instance.id, instance)
    if (instance.kind === 'gate') for (const node of instance.expansion?.template ?? []) add(node)
  }
  for (const instance of plan.instances) add(instance)
  return { nodes }
}

/** An entry of the file, with everything but its key. */
function entryOf(node: Instance, tree: Tree): PrintedEntry {
  if (node.kind !== 'group') return { ...entranceOf(node, node, tree), ...ownEntry(node, false, tree) }
  const gate = tree.nodes.get(node.gate)
  return node.form === 'matrix'
    ? { ...entranceOf(node, gate ?? node, tree), ...matrixEntry(node, gate, tree) }
    : { ...entranceOf(node, gate ?? node, tree), ...groupEntry(node, tree) }
}

/** Name, edges and condition: of a group, those of its gate. */
function entranceOf(node: Instance, opening: Instance, tree: Tree): PrintedEntry {
  const needs = ownEdges(opening, node, tree).map((edge) =>
    needEntry(edge, nameOf(edge.from, node, tree), tree.nodes.get(edge.from)),
  )
  return {
    name: node.label === node.id ? undefined : node.label,
    needs: unlessEmpty(needs),
    join: joinEntry(opening.join),
    ...(opening.paths && { [opening.paths.key]: opening.paths.filters }),
    if: opening.if?.includes('${{') === true ? `\${{ ${opening.if} }}` : opening.if,
  }
}

function joinEntry(join: Join): unknown {
  if (typeof join === 'string') return join === 'any' ? 'any' : undefined
  return { 'at-least': join.atLeast, 'cancel-rest': join.cancelRest ? true : undefined }
}

/** Without the edges that follow from the structure: from the gate around it, and from the step before. */
function ownEdges(opening: Instance, node: Instance, tree: Tree): Edge[] {
  const edges = opening.needs.filter(({ from }) => tree.nodes.get(from)?.kind !== 'gate')
  const around = tree.nodes.get(node.parent ?? '')
  if (around?.kind !== 'group' || around.form !== 'sequence') return edges
  const before = around.members[around.members.indexOf(node.id) - 1]
  const first = edges.findIndex(({ from, plain }) => from === before && plain)
  return before === undefined ? edges : edges.filter((_, index) => index !== first)
}

/** The shortest name by which a node can be meant where `node` stands: a sibling's key, or a path from further out. */
function nameOf(id: string, node: Instance, tree: Tree): string {
  for (
    let around = tree.nodes.get(node.parent ?? '');
    around !== undefined;
    around = tree.nodes.get(around.parent ?? '')
  )
    if (around.kind === 'group' && around.form !== 'matrix' && id.startsWith(`${around.id}.`))
      return id.slice(around.id.length + 1)
  return id
}

function groupEntry(node: GroupInstance, tree: Tree): PrintedEntry {
  const all = node.members.map((id) => tree.nodes.get(id)).filter((member) => member !== undefined)
  const closing = all.find((member) => member.kind === 'process' && member.process.workspace.closes === true)
  const members = all.filter((member) => member !== closing)
  return {
    ...(closing?.kind === 'process' && worktreeEntry(closing.process)),
    outputs: unlessEmpty(node.outputs),
    'continue-on-error': node.continueOnError === false ? undefined : node.continueOnError,
    budget: budgetEntry(node.budget),
    repeat: repeatEntry(node.repeat),
    strategy: unlessEmpty({ 'max-parallel': node.maxParallel, 'fail-fast': node.failFast ? true : undefined }),
    ...(node.form === 'sequence'
      ? { sequence: members.map((member) => ({ id: member.key, ...entryOf(member, tree) })) }
      : { parallel: Object.fromEntries(members.map((member) => [member.key, entryOf(member, tree)])) }),
  }
}

function repeatEntry(repeat: Repeat | undefined): PrintedEntry | undefined {
  if (repeat === undefined) return undefined
  const { until, max, onExhausted } = repeat
  return {
    until: until.includes('${{') ? `\${{ ${until} }}` : until,
    max,
    'on-exhausted': onExhausted === 'failure' ? undefined : onExhausted,
  }
}

function worktreeEntry({ workspace: { apply, allowPaths }, effects }: ProcessDefinition): PrintedEntry {
  return {
    workspace: 'worktree',
    apply: apply ? true : undefined,
    'allow-paths': unlessEmpty(allowPaths ?? []),
    effects: effects && effectsEntry(effects),
  }
}

function matrixEntry(node: GroupInstance, gate: Instance | undefined, tree: Tree): PrintedEntry {
  const strategy = {
    'max-parallel': node.maxParallel,
    'max-instances': node.maxInstances,
    'fail-fast': node.failFast ? undefined : false,
  }
  const expansion = gate?.kind === 'gate' ? gate.expansion : undefined
  if (expansion !== undefined) {
    const { matrix, include, exclude, splitBytes } = expansion
    const template = tree.nodes.get(`${node.id}.*`)
    return {
      ...(template !== undefined && cellEntry(template, tree)),
      name: template === undefined || template.label === node.id ? undefined : template.label,
      ...(node.budget !== undefined && { budget: budgetEntry(node.budget) }),
      ...(splitBytes === undefined
        ? { strategy: { matrix: isObject(matrix) ? { ...matrix, include, exclude } : matrix, ...strategy } }
        : { split: { 'max-bytes': `${splitBytes}B` }, strategy: unlessEmpty(strategy) }),
    }
  }
  const cells = node.members.map((id) => tree.nodes.get(id)).filter((cell) => cell !== undefined)
  if (node.variant !== undefined) return variantEntry(node, node.variant, cells, tree)
  const include = ownValues(cells, node)
  const isUsual = matrixCells({}, include).every((cell, index) => cellLabel(node.label, cell) === cells[index]?.label)
  return {
    ...mergeCells(cells.map((cell) => ({ values: cell.matrix ?? {}, entry: cellEntry(cell, tree) }))),
    ...(!isUsual && { name: mergeNames(cells.map(({ matrix = {}, label }) => ({ values: matrix, part: label }))) }),
    ...(node.budget !== undefined && { budget: budgetEntry(node.budget) }),
    strategy: { matrix: { include }, ...strategy },
  }
}

/** Variants, each with all it is. */
function variantEntry(node: GroupInstance, rule: VariantRule, cells: readonly Instance[], tree: Tree): PrintedEntry {
  const { by, weights, labels } = rule
  const labelled = cells.map(({ key, label }) => ({ values: { variant: key }, label }))
  const isUsual = labelled.every(
    (cell) => cellLabel(node.label, { ...cell, label: cell.values.variant }) === cell.label,
  )
  return {
    ...(!isUsual && { name: mergeNames(labelled.map(({ values, label }) => ({ values, part: label }))) }),
    strategy: {
      variant: Object.fromEntries(cells.map((cell) => [cell.key, cellEntry(cell, tree)])),
      choose: weights ? { weights } : labels ? { labels } : by === 'commit' ? undefined : by,
      'max-parallel': node.maxParallel,
      'fail-fast': node.failFast ? true : undefined,
    },
  }
}

/** A cell as its matrix says it: the matrix has the name, the edges and the condition. */
function cellEntry(cell: ProcessInstance | GroupInstance | GateInstance, tree: Tree): PrintedEntry {
  if (cell.kind === 'group') return groupEntry(cell, tree)
  return ownEntry(cell, true, tree)
}

/** What a process does; a gate does nothing. */
function ownEntry(node: ProcessInstance | GateInstance, isCell: boolean, tree: Tree): PrintedEntry {
  if (node.kind === 'gate') return {}
  const { session } = node.process
  const from = session && nameOf(session.from, node, tree)
  return { ...processEntry(node, isCell), session: session && `${session.fork ? 'fork' : 'continue'} ${from}` }
}

/** The values that a matrix itself gives its cells, without those of a matrix around it: the fewest that explain their keys. */
function ownValues(cells: readonly Instance[], { matrix: outer = {} }: GroupInstance): JsonObject[] {
  const shared = Object.keys(outer).slice(0, 6)
  const attempts = Array.from({ length: 2 ** shared.length }, (_, bits) =>
    cells.map(({ matrix = {} }) =>
      Object.fromEntries(
        Object.entries(matrix).filter(([key, value]) => {
          const isOuter = Object.hasOwn(outer, key) && JSON.stringify(outer[key]) === JSON.stringify(value)
          return !isOuter || (bits & (1 << shared.indexOf(key))) !== 0
        }),
      ),
    ),
  )
  const fits = (include: JsonObject[]): boolean =>
    matrixCells({}, include).every(({ slug }, index) => slug === cells[index]?.key)
  return attempts.find(fits) ?? attempts[0] ?? []
}

function reportEntry({ report }: Plan): PrintedEntry | undefined {
  const { artifact } = report
  const changed = <K extends keyof typeof defaultReport>(key: K) =>
    report[key] === defaultReport[key] ? undefined : report[key]
  return unlessEmpty({
    summary: changed('summary'),
    comment: changed('comment'),
    annotations: changed('annotations'),
    answer: report.answer,
    check: report.check && (report.check.name ?? true),
    sarif: report.sarifUpload === true ? { file: report.sarif, upload: true } : report.sarif,
    'fail-on': printGate(report.failOn),
    verdict: report.verdict,
    review: report.review && {
      verdict: report.review.requestsChanges ? 'request-changes' : undefined,
      'max-comments': report.review.maxComments,
      severity: report.review.severity,
      scope: report.review.scope,
    },
    artifact: artifact && { name: artifact.name, 'retention-days': artifact.retentionDays },
  })
}

function runtimesOf({ runtimes, versions = {} }: Plan): Record<string, RuntimeEntry> {
  return {
    ...Object.fromEntries(Object.entries(versions).map(([name, version]) => [name, { version }])),
    ...Object.fromEntries(Object.entries(runtimes).map(([name, runtime]) => [name, printRuntime(runtime)])),
  }
}
