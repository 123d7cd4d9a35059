import type {
  Edge,
  GateInstance,
  GroupInstance,
  Instance,
  ProcessInstance,
  Repeat,
  VariantRule,
} from '../core/instance.ts'
import { variantLabel, variantWeight } from '../core/variant.ts'
import type { Plan } from '../core/plan.ts'
import { analyzePlan, budgetOf, type AnalysisOptions, type PlanNode } from './plan-analysis.ts'
import { formatCount, formatDollars, formatDuration, formatPlural } from './quantities.ts'
import { groupNote, nameOf, pathWords, shownWhen, startWords, workerOf } from './plan-words.ts'
import { plainLine } from '../core/plain-text.ts'

/** Says in words when an instance or group of a plan runs, what keeps it from running and what happens when it fails. */
export function explainInstance(plan: Plan, id: string, options: AnalysisOptions = {}): string {
  const { nodes } = analyzePlan(plan, options)
  const node = nodes.get(id) ?? nodes.get(id.replace(/\.\.open$/, ''))
  if (node === undefined) return `No instance ${plainLine(id)} in ${plainLine(plan.name)}.\n`
  const opening = node.gate ?? node.instance
  const lines = [
    heading(node),
    ...placeLines(node, nodes),
    ...startLines(node, opening),
    ...(node.instance.kind === 'process'
      ? processLines(plan, node.instance, options.clock)
      : groupLines(node, node.instance)),
  ]
  return `${lines.join('\n')}\n`
}

function heading(node: PlanNode): string {
  const { instance } = node
  const what = instance.kind === 'process' ? workerOf(instance) : groupNote(node)
  const label = nameOf(node)
  return `${label === node.id ? node.id : `${node.id}, "${label}"`}: ${what}`
}

/** The groups around it, the innermost first. */
function placeLines(node: PlanNode, nodes: ReadonlyMap<string, PlanNode>): string[] {
  const { parent, previous } = node.instance
  const lines: string[] = []
  const around = parent === undefined ? undefined : nodes.get(parent)
  if (around?.instance.kind === 'group') {
    lines.push(`- It is part of ${around.id}: when that is skipped, so is this.`)
    if (around.instance.failFast && around.instance.form === 'matrix')
      lines.push(`- When another cell of ${around.id} fails, this one is cancelled (fail-fast).`)
    if (around.instance.maxParallel !== undefined)
      lines.push(`- At most ${around.instance.maxParallel} of ${around.id} run at once.`)
  }
  if (previous !== undefined) lines.push(`- It comes after ${previous} in its sequence.`)
  if (node.dynamic) lines.push('- It stands for every cell of a matrix that is known only at run time.')
  return lines
}

function startLines(node: PlanNode, opening: Instance): string[] {
  const { needs } = node
  const ordersOnly = (opening.ifCalls ?? []).length > 0
  const lines: string[] = []
  if (needs.length === 0)
    lines.push(
      node.instance.parent === undefined ? '- It waits for nothing.' : '- It waits for nothing else in its group.',
    )
  else if (needs.length === 1 && needs[0] !== undefined) lines.push(`- It starts ${edgeWords(needs[0], ordersOnly)}.`)
  else {
    lines.push(
      opening.join === 'all'
        ? '- It starts when all of these hold:'
        : `- It starts as soon as ${typeof opening.join === 'object' ? opening.join.atLeast : 'one'} of these ${typeof opening.join === 'object' && opening.join.atLeast > 1 ? 'hold' : 'holds'}:`,
    )
    lines.push(...needs.map((edge) => `    ${edgeWords(edge, ordersOnly)}`))
  }
  const { paths } = opening
  if (paths !== undefined)
    lines.push(
      `- Then a changed file must match: ${pathWords(paths)}.`,
      '    When none does, it is skipped, and its condition is not asked.',
    )
  if (opening.if !== undefined) {
    const implicit = ordersOnly
      ? 'It asks for a status itself, so its plain needs only have to end.'
      : 'It asks for no status, so what it needs must have succeeded as well.'
    lines.push(`- Then its condition must hold: ${plainLine(opening.if)}`, `    ${implicit}`)
  }
  if (needs.some((edge) => edge.when !== 'always' && !(edge.plain && ordersOnly)))
    lines.push(
      opening.join !== 'all' && needs.length > 1
        ? `- When ${typeof opening.join === 'object' ? 'so many can no longer' : 'none of them can'} hold, it is skipped.`
        : '- When that can no longer hold, it is skipped, and whatever needs its success is too.',
    )
  else if (opening.if !== undefined) lines.push('- When the condition does not hold, it is skipped.')
  return lines
}

function edgeWords({ from, when, delayMs, plain, atLeast }: Edge, ordersOnly: boolean): string {
  const delay = delayMs > 0 ? `${formatDuration(delayMs)} ` : ''
  if (plain && ordersOnly) return `${delay}after ${from} has ended`
  if (typeof when !== 'string')
    return `${delay}after ${from} has ended, if ${plainLine(shownWhen(when))}${
      when.calls.length > 0 ? '' : ' and it succeeded'
    }`
  if (atLeast !== undefined) return `${delay}after at least ${atLeast} of the members of ${from} ${manyWords[when]}`
  return `${delay}after ${from} ${whenWords[when]}`
}

const whenWords = {
  success: 'has succeeded',
  failure: 'has failed',
  completed: 'has succeeded or failed',
  skipped: 'was skipped',
  always: 'has ended, however it ended',
}

const manyWords = {
  success: 'have succeeded',
  failure: 'have failed',
  completed: 'have succeeded or failed',
  skipped: 'were skipped',
  always: 'have ended, however they ended',
}

function processLines(plan: Plan, instance: ProcessInstance, clock: AnalysisOptions['clock']): string[] {
  const { process, retry, fallback, startAt, concurrency, job } = instance
  const lines: string[] = []
  const limit = plan.maxParallel[instance.pool] ?? plan.maxParallel.total
  lines.push(
    limit === null
      ? `- It waits for a free place among the ${instance.pool}; the machine says how many there are.`
      : `- It waits for a free place: ${limit} at once.`,
  )
  if (startAt !== undefined) lines.push(`- It starts ${startWords(startAt, clock)}.`)
  if (concurrency !== undefined)
    lines.push(`- Only one of concurrency group ${plainLine(concurrency.group)} runs at a time.`)
  const budget = budgetOf(instance)
  if (budget !== undefined) lines.push(`- It may spend ${limitWords(budget)}.`)
  if (process.timeoutMs !== undefined) lines.push(`- An attempt is stopped after ${formatDuration(process.timeoutMs)}.`)
  if (retry.attempts > 1) lines.push(`- It is tried up to ${retry.attempts} times after: ${retry.on.join(', ')}.`)
  if (fallback.length > 0)
    lines.push(
      `- Then ${fallback.map((next) => next.agent ?? [next.runtime, next.model].filter(Boolean).join(' · ')).join(', then ')} ${
        fallback.length === 1 ? 'is' : 'are'
      } tried.`,
    )
  lines.push(...errorLines(instance))
  if (instance.unsupported !== undefined && instance.unsupported.length > 0)
    lines.push(`- This version cannot run it: ${instance.unsupported.join(', ')}.`)
  if (job?.runsOn !== undefined)
    lines.push(
      `- Where the run is spread over jobs, its runner has the labels ${job.runsOn.map(plainLine).join(', ')}.`,
    )
  if (job?.environment !== undefined)
    lines.push(
      `- It starts only in a job of the environment ${plainLine(job.environment)} of GitHub, and fails in a run of one job.`,
    )
  return lines
}

function groupLines(node: PlanNode, instance: GroupInstance): string[] {
  const lines: string[] = []
  if (node.gate?.expansion !== undefined) lines.push('- Its cells are made from its matrix when it opens.')
  else
    lines.push(
      `- It holds ${formatPlural(node.children.length, 'member')}: ${node.children.map((child) => child.id).join(', ')}.`,
    )
  lines.push(
    '- It ends when all of them have: failed when one failed, else cancelled, skipped or succeeded as they did.',
  )
  if (instance.maxInstances !== undefined)
    lines.push(`- At most the first ${instance.maxInstances} of its cells run; the others are skipped (max-instances).`)
  if (instance.variant !== undefined) lines.push(variantLine(node, instance.variant))
  if (instance.repeat !== undefined) lines.push(...repeatLines(instance.repeat))
  if (instance.budget !== undefined) lines.push(`- Together they may spend ${limitWords(instance.budget)}.`)
  return [...lines, ...errorLines(instance)]
}

function variantLine({ instance: { id }, children, choice }: PlanNode, rule: VariantRule): string {
  const names = children.map((child) => child.instance.key)
  const now = choice === undefined ? '' : ` Now ${choice.why}.`
  switch (rule.by) {
    case 'all':
      return '- Its members are variants of one instance, and all of them run.'
    case 'commit': {
      const weights = names.map((name) => `${name} ${variantWeight(name, rule)}`).join(', ')
      return `- One of its variants runs, by the hash of the commit and ${id}, weighted ${weights}; the others are skipped (variant).${now}`
    }
    case 'label': {
      const labels = names.map((name) => variantLabel(id, name, rule)).join(', ')
      return `- One of its variants runs: the first whose label there is (${labels}), else the first; the others are skipped (variant).${now}`
    }
  }
}

function repeatLines({ until, max, onExhausted }: Repeat): string[] {
  return [
    `- It is repeated until ${plainLine(until)}, at most ${formatPlural(max, 'round')}; only the last round counts.`,
    onExhausted === 'success'
      ? '- When the condition does not hold after the last one, the run continues as if it had.'
      : '- When the condition does not hold after the last one, it has failed (exhausted).',
  ]
}

function errorLines({ continueOnError }: Exclude<Instance, GateInstance>): string[] {
  if (continueOnError === false) return []
  return [
    continueOnError === true
      ? '- When it fails, the run continues as if it had succeeded (continue-on-error).'
      : `- When it fails and ${plainLine(continueOnError)} holds, the run continues as if it had succeeded.`,
  ]
}

function limitWords({ tokens, costUsd }: { readonly tokens?: number; readonly costUsd?: number }): string {
  return [
    tokens === undefined ? '' : `${formatCount(tokens)} tokens`,
    costUsd === undefined ? '' : formatDollars(costUsd),
  ]
    .filter((part) => part !== '')
    .join(' and ')
}
