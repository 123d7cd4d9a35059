import type { FindingsGate } from '../core/finding.ts'
import type { Instance } from '../core/instance.ts'
import type { Plan } from '../core/plan.ts'
import { processEntry, unlessEmpty, type PrintedEntry } from './print-process.ts'
import { verificationPrompt } from './verification.ts'

/** Whether this is the group that `review.verify` stands for. */
export function isVerification(node: Instance, nodes: ReadonlyMap<string, Instance>): boolean {
  const gate = node.kind === 'group' ? nodes.get(node.gate) : undefined
  return gate?.kind === 'gate' && gate.expansion?.candidates !== undefined
}

/** `review` as the file spells it. */
export function printReview({ review = {} }: Plan, nodes: ReadonlyMap<string, Instance>): PrintedEntry | undefined {
  const { minAgents, minConfidence, minSeverity, categories, newCodeOnly } = review
  const group = [...nodes.values()].find((node) => isVerification(node, nodes))
  return unlessEmpty({
    'min-agents': minAgents,
    'min-confidence': minConfidence,
    'min-severity': minSeverity,
    categories,
    'pre-existing': newCodeOnly === true ? false : undefined,
    verify: group && verifyEntry(group, nodes),
  })
}

function verifyEntry(group: Instance, nodes: ReadonlyMap<string, Instance>): PrintedEntry {
  const gate = group.kind === 'group' ? nodes.get(group.gate) : undefined
  const template = nodes.get(`${group.id}.*`)
  if (gate?.kind !== 'gate' || template?.kind !== 'process' || group.kind !== 'group') return {}
  const {
    prompt,
    'output-schema': _schema,
    'continue-on-error': _forgives,
    workspace: _workspace,
    ...settings
  } = processEntry(template, true)
  return {
    ...gate.expansion?.candidates,
    'max-parallel': group.maxParallel,
    prompt: prompt === verificationPrompt ? undefined : prompt,
    ...settings,
    // Explicit, so that no other layer can say otherwise.
    safety: template.process.safety === 'default' ? undefined : template.process.safety,
    priority: settings['priority'] === 0 ? undefined : settings['priority'],
  }
}

/** `report.fail-on` as the file spells it. */
export function printGate(gate: FindingsGate | undefined): PrintedEntry | undefined {
  if (gate === undefined) return undefined
  const { newOnly, ...rest } = gate
  return { ...rest, 'new-only': newOnly }
}
