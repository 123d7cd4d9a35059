import { processesOf } from '../core/definitions.ts'
import type { GateInstance, Instance } from '../core/instance.ts'
import { closing } from '../core/structural-edges.ts'
import type { Compiling } from './compiling.ts'
import { verificationId } from './verification.ts'

/** The plan with the edges of its verification: from everything that reports findings, however that ends. */
export function linkVerification(instances: readonly Instance[], compiling: Compiling): readonly Instance[] {
  const { verification } = compiling.file
  const gate = instances.find((each): each is GateInstance => each.kind === 'gate' && each.group === verificationId)
  if (verification === undefined || gate === undefined) return instances
  const roots = reportingRoots(instances)
  const looped = roots.find((root) => needsVerification(root, instances))
  if (looped !== undefined) {
    compiling.diagnostics.error(
      'cycle',
      `\`${looped}\` reports findings and needs \`${verificationId}\`, which verifies them`,
      compiling.file.origins.ofKey(verification.owner, 'verify'),
      { hint: 'What comes after the verification can read its answers (`needs.verify.all`), but report no findings.' },
    )
    return instances
  }
  return instances.map((each) => (each === gate ? { ...gate, needs: [...gate.needs, ...closing(roots)] } : each))
}

/** Instances and groups at the top of the file that report findings, or have members that do. */
function reportingRoots(instances: readonly Instance[]): string[] {
  const byId = new Map(instances.map((each) => [each.id, each]))
  const rootOf = (id: string): string => {
    let root = id.replace(/\.\*.*$/, '')
    for (let at = byId.get(root)?.parent; at !== undefined; at = byId.get(root)?.parent) root = at
    return root
  }
  const reporting = processesOf(instances).filter(({ process, fallback }) =>
    [process, ...fallback.map((way) => way.process)].some((each) => each?.findings !== undefined),
  )
  return [...new Set(reporting.map(({ id }) => rootOf(id)))]
}

/** Whether an instance, or a member of it, comes after the verification. */
function needsVerification(root: string, instances: readonly Instance[]): boolean {
  const upstreams = new Map(instances.map(({ id, needs }) => [id, needs.map(({ from }) => from)]))
  const seen = new Set<string>()
  const queue = [root]
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === verificationId) return true
    if (seen.has(id)) continue
    seen.add(id)
    queue.push(...(upstreams.get(id) ?? []))
  }
  return false
}
