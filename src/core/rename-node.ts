import type { Instance, ProcessDefinition, ProcessInstance } from './instance.ts'

/**
 * A node with other ids wherever it names nodes: its own, its edges, its place, and all that of what it is yet to be expanded to. `fill` changes
 * each of them further, given the node as it was.
 */
export function renameNode(
  node: Instance,
  id: (of: string) => string,
  fill: (renamed: Instance, from: Instance) => Instance = (renamed) => renamed,
): Instance {
  const common = {
    id: id(node.id),
    needs: node.needs.map((edge) => ({ ...edge, from: id(edge.from) })),
    ...(node.parent !== undefined && { parent: id(node.parent) }),
    ...(node.previous !== undefined && { previous: id(node.previous) }),
    ...(node.names !== undefined && { names: renameNames(node.names, id) }),
  }
  return fill({ ...node, ...common, ...partsOf(node, id, fill) }, node)
}

function partsOf(node: Instance, id: (of: string) => string, fill: (renamed: Instance, from: Instance) => Instance) {
  if (node.kind === 'process') return { process: renameProcess(node.process, id), ...renameFallbacks(node, id) }
  if (node.kind === 'group') return { gate: id(node.gate), members: node.members.map(id) }
  const { expansion } = node
  return {
    group: id(node.group),
    ...(expansion && {
      expansion: { ...expansion, template: expansion.template.map((each) => renameNode(each, id, fill)) },
    }),
  }
}

function renameProcess(process: ProcessDefinition, id: (of: string) => string): ProcessDefinition {
  const { workspace, session } = process
  if (workspace.group === undefined && session === undefined) return process
  return {
    ...process,
    ...(workspace.group !== undefined && { workspace: { ...workspace, group: id(workspace.group) } }),
    ...(session !== undefined && { session: { ...session, from: id(session.from) } }),
  }
}

function renameFallbacks({ fallback }: ProcessInstance, id: (of: string) => string) {
  if (fallback.every(({ process: own }) => own?.workspace.group === undefined && own?.session === undefined)) return {}
  return {
    fallback: fallback.map((each) => (each.process ? { ...each, process: renameProcess(each.process, id) } : each)),
  }
}

function renameNames(names: Readonly<Record<string, string>>, id: (of: string) => string): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([name, of]) => [name, id(of)]))
}
