import type { Plan } from '../core/plan.ts'
import { analyzePlan, type AnalysisOptions, type PlanNode } from './plan-analysis.ts'
import { criticalEdges } from './plan-mermaid.ts'
import { edgeCaption, groupNote, nameOf, workerOf } from './plan-words.ts'
import { plainLine } from '../core/plain-text.ts'
import { cutToWidth } from './text-width.ts'

/** Characters a label keeps. */
const labelColumns = 80

/** A plan in Graphviz's language: groups as clusters, conditional edges dashed, the critical path bold. */
export function renderPlanDot(plan: Plan, options: AnalysisOptions = {}): string {
  const analysis = analyzePlan(plan, options)
  const critical = criticalEdges(analysis)
  const lines = [
    `digraph ${quoted(plan.name)} {`,
    '  graph [rankdir=LR, compound=true]',
    '  node [shape=box, style=rounded, fontname="sans-serif"]',
    '  edge [fontname="sans-serif"]',
    ...drawNodes(analysis.roots, '  '),
  ]
  for (const edge of analysis.edges) {
    const from = analysis.nodes.get(edge.from)
    const to = analysis.nodes.get(edge.to)
    if (from === undefined || to === undefined) continue
    const caption = edgeCaption(edge, labelColumns)
    const attributes = [
      caption === '' ? '' : `label=${quoted(caption)}`,
      edge.conditional ? 'style=dashed' : critical.has(`${edge.from} ${edge.to}`) ? 'style=bold' : '',
      // Graphviz draws edges between nodes; one to a group is cut off at the border of its cluster.
      isCluster(from) ? `ltail=${quoted(`cluster_${from.id}`)}` : '',
      isCluster(to) ? `lhead=${quoted(`cluster_${to.id}`)}` : '',
    ].filter((part) => part !== '')
    const suffix = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`
    lines.push(`  ${quoted(lastInside(from))} -> ${quoted(firstInside(to))}${suffix}`)
  }
  return `${[...lines, '}'].join('\n')}\n`
}

function drawNodes(nodes: readonly PlanNode[], indent: string): string[] {
  return nodes.flatMap((node) => {
    const { instance } = node
    if (instance.kind === 'process')
      return [`${indent}${quoted(node.id)} [label=${twoLines(node, workerOf(instance))}]`]
    if (!isCluster(node)) return [`${indent}${quoted(node.id)} [label=${twoLines(node, groupNote(node))}]`]
    return [
      `${indent}subgraph ${quoted(`cluster_${node.id}`)} {`,
      `${indent}  label=${quoted(`${nameOf(node, labelColumns)}: ${groupNote(node)}`)}`,
      ...drawNodes(node.children, `${indent}  `),
      `${indent}}`,
    ]
  })
}

function isCluster(node: PlanNode): boolean {
  return node.children.length > 0
}

function firstInside(node: PlanNode): string {
  const first = node.children[0]
  return first === undefined ? node.id : firstInside(first)
}

function lastInside(node: PlanNode): string {
  const last = node.children.at(-1)
  return last === undefined ? node.id : lastInside(last)
}

function twoLines(node: PlanNode, note: string): string {
  return `"${escapeDot(nameOf(node, labelColumns))}\\n${escapeDot(cutToWidth(note, labelColumns))}"`
}

function quoted(text: string): string {
  return `"${escapeDot(plainLine(text))}"`
}

/** In a quoted string of the dot language a backslash begins an escape of its own, and `&…;` an entity. */
function escapeDot(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('&', '&amp;')
}
