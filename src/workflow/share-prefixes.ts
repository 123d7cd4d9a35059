import type { Instance, ProcessDefinition } from '../core/instance.ts'
import type { Compiling } from './compiling.ts'

/** An expression whose value differs between instances with the same text. */
const ofOneInstance = /\b(?:matrix|previous|previous-round)\b/

/**
 * Marks the agents that begin with the same: runtime, model, instructions, tools and attachments. Each such set is called by its first instance. Only with
 * `defaults.share-prefix: auto`, and where the runtime can leave a prefix with its provider and say when it is there.
 */
export function sharePrefixes(instances: readonly Instance[], { file, runtimes }: Compiling): readonly Instance[] {
  if (file.defaults.find((values) => values['share-prefix'] !== undefined)?.['share-prefix'] !== 'auto')
    return instances
  const sets = new Map<string, { readonly name: string; count: number }>()
  const visit = (nodes: readonly Instance[], isTemplate: boolean): void => {
    for (const node of nodes) {
      if (node.kind === 'gate') visit(node.expansion?.template ?? [], true)
      const key = keyOf(node, runtimes)
      if (key === undefined) continue
      const set = sets.get(key) ?? { name: node.id, count: 0 }
      // A template stands for as many cells as there will be.
      set.count += isTemplate ? 2 : 1
      sets.set(key, set)
    }
  }
  visit(instances, false)
  const marked = (node: Instance): Instance => {
    if (node.kind === 'gate' && node.expansion !== undefined)
      return { ...node, expansion: { ...node.expansion, template: node.expansion.template.map(marked) } }
    const key = keyOf(node, runtimes)
    const set = key === undefined ? undefined : sets.get(key)
    if (node.kind !== 'process' || set === undefined || set.count < 2) return node
    return { ...node, process: { ...node.process, prefix: set.name } }
  }
  return instances.map(marked)
}

/** What an agent says before its prompt, as text; undefined where it shares nothing. */
function keyOf(instance: Instance, runtimes: Compiling['runtimes']): string | undefined {
  if (instance.kind !== 'process' || instance.pool !== 'agents') return undefined
  const { process } = instance
  // A conversation that is taken up comes before all of it.
  const isAlone = process.attach.length === 0 || process.splitBytes !== undefined || process.session !== undefined
  if (isAlone || process.workspace.kind !== 'shared' || runtimes.get(process.runtime)?.sharesPrefix !== true)
    return undefined
  const key = JSON.stringify(begins(process))
  return ofOneInstance.test(key) ? undefined : key
}

function begins(process: ProcessDefinition): unknown[] {
  const { runtime, model, args, allowedTools, disallowedTools, instructions, mcp, workingDirectory, attach } = process
  const { outputSchema, findings, effects, safety, permissions } = process
  const tools = [allowedTools, disallowedTools, mcp, safety, permissions, outputSchema, findings, effects]
  return [runtime, model, args, instructions, workingDirectory, attach, ...tools]
}
