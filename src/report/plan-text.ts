import type { Plan } from '../core/plan.ts'
import { analyzePlan, type AnalysisOptions, type PlanAnalysis, type PlanNode } from './plan-analysis.ts'
import {
  edgeCaption,
  groupNote,
  joinWords,
  nameOf,
  pathWords,
  startWords,
  workerOf,
  worstCaseWords,
} from './plan-words.ts'
import { forecastWords, spentWords } from './forecast-words.ts'
import { policyWords } from './policy-words.ts'
import { formatDuration, formatPlural } from './quantities.ts'
import { plainLine } from '../core/plain-text.ts'
import { cutToWidth, fitToWidth, textWidth } from './text-width.ts'

/** What a text tree of a plan may be told. */
export interface PlanTextOptions extends AnalysisOptions {
  /** The expanded command line of each instance, by id, secrets masked. */
  readonly commandLines?: ReadonlyMap<string, string>
  /** Columns a line may take; nothing is cut without it. */
  readonly columns?: number
}

/**
 * A plan as a tree for terminals: each instance with its level, who does it and what it waits for; below, the levels,
 * the critical path, the conditional edges and the most it may spend.
 */
export function renderPlanText(plan: Plan, options: PlanTextOptions = {}): string {
  const analysis = analyzePlan(plan, options)
  const columns = options.columns ?? Infinity
  const processes = [...analysis.nodes.values()].filter((node) => node.instance.kind === 'process')
  const rows = treeRows(analysis.roots, '')
  const nameWidth = Math.min(48, Math.max(0, ...rows.map((row) => textWidth(row.name))))
  const levelWidth = Math.max(0, ...rows.map((row) => row.level.length))
  const lines = [
    `${plainLine(plan.name)}: ${formatPlural(processes.length, 'instance')} in ${formatPlural(analysis.levels.length, 'level')}`,
  ]
  for (const { node, name, level, under } of rows) {
    const padded = textWidth(name) > nameWidth ? name : fitToWidth(name, nameWidth)
    lines.push(`${padded}  ${level.padEnd(levelWidth)}  ${noteOf(node, analysis, options.clock)}`)
    const commandLine = options.commandLines?.get(node.id)
    if (commandLine !== undefined) lines.push(`${under}    $ ${plainLine(commandLine)}`)
  }
  lines.push('', ...summaryLines(analysis))
  const forecast = forecastWords(options.forecast)
  if (forecast !== undefined) lines.push(`${listed('likely')}${forecast}`)
  const spent = plan.budget && spentWords(plan.budget, options.earlier)
  if (spent !== undefined) lines.push(`${listed(plan.budget?.per === 'day' ? 'today' : 'this week')}${spent}`)
  if (plan.timeoutMs !== undefined) lines.push(`${listed('stopped after')}${formatDuration(plan.timeoutMs)}`)
  return `${lines.map((line) => cutToWidth(line.trimEnd(), columns)).join('\n')}\n`
}

interface Row {
  readonly node: PlanNode
  readonly name: string
  readonly level: string
  /** What stands before a line that belongs to this row. */
  readonly under: string
}

function treeRows(nodes: readonly PlanNode[], indent: string): Row[] {
  return nodes.flatMap((node, index) => {
    const last = index === nodes.length - 1
    const below = `${indent}${last ? '   ' : '│  '}`
    const row: Row = {
      node,
      name: `${indent}${last ? '└─ ' : '├─ '}${nameOf(node)}`,
      level: levelOf(node),
      under: `${below}${node.children.length > 0 ? '│' : ' '}`,
    }
    return [row, ...treeRows(node.children, below)]
  })
}

function levelOf({ firstLevel, lastLevel }: PlanNode): string {
  return firstLevel === lastLevel ? `[${lastLevel}]` : `[${firstLevel}–${lastLevel}]`
}

function noteOf(node: PlanNode, analysis: PlanAnalysis, clock: AnalysisOptions['clock']): string {
  const { instance } = node
  const opening = node.gate ?? instance
  const inSequence = instance.previous
  // The tree alone says where a member of a sequence stands; beside needs of its own that would be overlooked.
  const isInOrder = node.needs.every(
    (edge) => edge.from === inSequence && edge.when === 'success' && edge.delayMs === 0,
  )
  const needs = (isInOrder ? [] : node.needs).map((edge) => {
    const caption = edgeCaption({ from: edge.from, to: node.id, edge, conditional: true }, 80)
    const from = nameIn(analysis, edge.from)
    return caption === '' ? from : `${from} (${caption})`
  })
  return [
    instance.kind === 'process' ? workerOf(instance) : groupNote(node),
    needs.length > 0 ? `← ${needs.length > 1 ? joinWords(opening.join) : ''}${needs.join(', ')}` : '',
    pathWords(opening.paths),
    opening.if === undefined ? '' : `if ${plainLine(opening.if)}`,
    instance.kind !== 'group' || instance.repeat === undefined ? '' : `until ${plainLine(instance.repeat.until)}`,
    instance.kind === 'process' && instance.startAt !== undefined ? startWords(instance.startAt, clock) : '',
    instance.kind === 'process' ? policyWords(instance).join(', ') : '',
  ]
    .filter((part) => part !== '')
    .join('  ')
}

function summaryLines(analysis: PlanAnalysis): string[] {
  const label = (id: string): string => nameIn(analysis, id)
  const conditional = analysis.edges.filter((edge) => edge.conditional)
  const lines = analysis.levels.map((ids, index) => `${listed(`level ${index + 1}`)}${some(ids.map(label))}`)
  if (analysis.criticalPath.length > 1)
    lines.push(`${listed('critical path')}${analysis.criticalPath.map(label).join(' → ')}`)
  for (const [index, edge] of conditional.entries())
    lines.push(
      `${listed(index === 0 ? 'conditional' : '')}${label(edge.from)} → ${label(edge.to)}: ${edgeCaption(edge, 200)}`,
    )
  lines.push(`${listed('budgeted')}${worstCaseWords(analysis.worstCase)}`)
  return lines
}

function nameIn({ nodes }: PlanAnalysis, id: string): string {
  const node = nodes.get(id)
  return node === undefined ? id : nameOf(node)
}

function listed(name: string): string {
  return name.padEnd(15)
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(', ')
  return names.length > 20 ? `${shown} and ${names.length - 20} more` : shown
}
