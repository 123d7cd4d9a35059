import type { CustomRuntime } from '../core/custom-runtime.ts'
import type { ProcessDefinition } from '../core/instance.ts'
import type { RuntimeFacts } from '../core/runtime.ts'
import type { SimulatedModel } from '../simulate/model-api.ts'
import type { Agent } from './agent.ts'
import { claude } from './claude/claude.ts'
import { codex } from './codex/codex.ts'
import { copilot } from './copilot/copilot.ts'
import { gemini } from './gemini/gemini.ts'
import { opencode } from './opencode/opencode.ts'
import { pi } from './pi/pi.ts'
import { node } from './programs/node.ts'
import { python } from './programs/python.ts'
import { qwen } from './qwen/qwen.ts'
import { shell } from './programs/shell.ts'

/** The runtimes that have an adapter; the first of each kind is the one of instances that name none. */
export const builtinAgents: readonly Agent[] = [claude, codex, gemini, copilot, qwen, opencode, pi, shell, node, python]

/** The runtimes that a file declares. What they need is loaded where there are any. */
export async function customAgents(runtimes: Readonly<Record<string, CustomRuntime>>): Promise<Agent[]> {
  const declared = Object.entries(runtimes)
  if (declared.length === 0) return []
  const [{ customAgent }, { loadQueries }] = await Promise.all([
    import('./custom/custom.ts'),
    import('../core/query.ts'),
  ])
  await loadQueries()
  return declared.map(([name, definition]) => customAgent(name, definition))
}

/** The account that a process asks and that its provider may throttle: where the CLI cannot tell, its own name. */
export function providerName(
  definition: ProcessDefinition,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const agent = builtinAgents.find(({ name }) => name === definition.runtime)
  return agent?.provider?.({ ...environment, ...definition.env }) ?? definition.runtime
}

/** How `--simulate` plays the models of all agents. */
export function simulatedModels(): Promise<SimulatedModel[]> {
  return Promise.all(builtinAgents.flatMap((agent) => agent.model?.() ?? []))
}

/** What validation needs to know of every runtime, by name. */
export function runtimeFacts(): ReadonlyMap<string, RuntimeFacts> {
  const facts = new Map<string, RuntimeFacts>()
  for (const { name, kind, supports, safety, sharesPrefix, sessions, tells } of builtinAgents)
    facts.set(name, {
      name,
      kind,
      supports,
      ...(safety && { safety }),
      ...(sharesPrefix && { sharesPrefix }),
      ...(tells && { tells }),
      ...(sessions?.continues && { continues: true as const }),
      available: true,
    })

  return facts
}
