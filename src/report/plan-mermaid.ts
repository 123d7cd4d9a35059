import type { Plan } from '../core/plan.ts'
import { analyzePlan, type AnalysisOptions, type PlanAnalysis, type PlanNode } from './plan-analysis.ts'
import { edgeCaption, groupNote, workerOf } from './plan-words.ts'
import { plainLine } from './plain-text.ts'
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

/** Edges between neighbours of the critical path, `from to`. */
export function criticalEdges({ criticalPath }: PlanAnalysis): ReadonlySet<string> {
  return new Set(criticalPath.slice(1).map((id, index) => `${criticalPath[index]} ${id}`))
}

function drawNodes(nodes: readonly PlanNode[], names: ReadonlyMap<string, string>, indent: string): string[] {
  return nodes.flatMap((node) => {
    const name = names.get(node.id) ?? ''
    const { instance } = node
    if (instance.kind === 'process') {
      const worker = escapeMermaid(cutToWidth(workerOf(instance), labelColumns))
      return [`${indent}${name}["${labelText(instance.label)}<br/>${worker}"]`]
    }
    return node.children.length === 0
      ? [`${indent}${name}["${labelText(instance.label)}<br/>${groupNote(node)}"]`]
      : [
          `${indent}subgraph ${name}["${labelText(instance.label)}: ${groupNote(node)}"]`,
          ...drawNodes(node.children, names, `${indent}  `),
          `${indent}end`,
        ]
  })
}

function labelText(text: string): string {
  return escapeMermaid(cutToWidth(plainLine(text), labelColumns))
}

/** Mermaid's entity codes for what would end a label or be read as markup or Markdown. */
function escapeMermaid(text: string): string {
  return text.replaceAll(/[#"<>&`\\[\]{}()|;*_~]/g, (sign) => `#${sign.codePointAt(0)};`)
}
