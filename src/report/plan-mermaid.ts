import type { Plan } from '../core/plan.ts'
import { analyzePlan, type AnalysisOptions, type PlanAnalysis, type PlanNode } from './plan-analysis.ts'
import { edgeCaption, groupNote, nameOf, workerOf } from './plan-words.ts'
import { cutToWidth } from './text-width.ts'

/** Characters a label keeps; a longer one makes a graph nobody can read. */
const labelColumns = 80

/** A plan as a Mermaid flowchart: groups as boxes, conditional edges dotted with their condition, the critical path thick. */
export function renderPlanMermaid(plan: Plan, options: AnalysisOptions = {}): string {
  const analysis = analyzePlan(plan, options)
  // Ids of ours are not Mermaid's: `end` is a keyword there, and a dot means something.
  const names = new Map([...analysis.nodes.keys()].map((id, index) => [id, `n${index}`]))
  const critical = criticalEdges(analysis)
  const lines = ['flowchart LR', ...drawNodes(analysis.roots, names, '  ')]
  for (const edge of analysis.edges) {
    const from = names.get(edge.from)
    const to = names.get(edge.to)
    if (from === undefined || to === undefined) continue
    const caption = escapeMermaid(edgeCaption(edge, labelColumns))
    const arrow = edge.conditional ? '-.->' : critical.has(`${edge.from} ${edge.to}`) ? '==>' : '-->'
    lines.push(`  ${from} ${arrow}${caption === '' ? '' : `|"${caption}"|`} ${to}`)
  }
  return `${lines.join('\n')}\n`
}

/** Edges along the critical path, `from to`: between its instances, or between groups that they are in. */
export function criticalEdges({ criticalPath, nodes }: PlanAnalysis): ReadonlySet<string> {
  const edges = new Set<string>()
  for (const [index, id] of criticalPath.entries())
    if (index > 0)
      for (const from of withGroups(criticalPath[index - 1], nodes))
        for (const to of withGroups(id, nodes)) edges.add(`${from} ${to}`)
  return edges
}

function withGroups(id: string | undefined, nodes: PlanAnalysis['nodes']): string[] {
  const ids: string[] = []
  for (let at = id; at !== undefined; at = nodes.get(at)?.instance.parent) ids.push(at)
  return ids
}

function drawNodes(nodes: readonly PlanNode[], names: ReadonlyMap<string, string>, indent: string): string[] {
  return nodes.flatMap((node) => {
    const name = names.get(node.id) ?? ''
    const { instance } = node
    if (instance.kind === 'process') {
      const worker = escapeMermaid(cutToWidth(workerOf(instance), labelColumns))
      return [`${indent}${name}["${labelText(node)}<br/>${worker}"]`]
    }
    return node.children.length === 0
      ? [`${indent}${name}["${labelText(node)}<br/>${groupNote(node)}"]`]
      : [
          `${indent}subgraph ${name}["${labelText(node)}: ${groupNote(node)}"]`,
          ...drawNodes(node.children, names, `${indent}  `),
          `${indent}end`,
        ]
  })
}

function labelText(node: PlanNode): string {
  return escapeMermaid(nameOf(node, labelColumns))
}

/** Mermaid's entity codes for what would end a label or be read as markup or Markdown. */
function escapeMermaid(text: string): string {
  return text.replaceAll(/[#"<>&`\\[\]{}()|;*_~]/g, (sign) => `#${sign.codePointAt(0)};`)
}
