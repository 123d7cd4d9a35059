import { builtinAgents } from '../agents/registry.ts'
import type { Plan } from '../core/plan.ts'
import { createPackageStore, type CacheStore } from '../github/package-store.ts'
import type { Trust } from '../github/trust.ts'
import type { ActionStep } from './step.ts'

/** The plan with the versions that the input `install` asks for besides its own, or why that cannot be (a sentence each). */
export function withInstalls(
  plan: Plan,
  install: Readonly<Record<string, string>>,
): Plan | { readonly problems: string[] } {
  const problems = Object.entries(install).flatMap(([name, version]) => {
    const known = builtinAgents.filter((agent) => agent.package !== undefined).map((agent) => agent.name)
    if (!known.includes(name))
      return [`Input \`install\` names \`${name}\`; ${known.map((each) => `\`${each}\``).join(', ')} can be installed.`]
    const own = plan.versions?.[name]
    if (own === undefined || own === version) return []
    return [`Input \`install\` asks for ${name} ${version} and the orchestration file for ${own}: remove one of them.`]
  })
  if (problems.length > 0) return { problems }
  return Object.keys(install).length === 0 ? plan : { ...plan, versions: { ...plan.versions, ...install } }
}

/** The cache of Actions, where there is one and the event is trusted: what a stranger's event writes is for nobody else. */
export function storeFor({ environment, commands }: ActionStep, { level }: Trust): CacheStore | undefined {
  const isThere = (environment['ACTIONS_RESULTS_URL'] ?? '') !== '' || (environment['ACTIONS_CACHE_URL'] ?? '') !== ''
  if (!isThere || level !== 'trusted') return undefined
  return createPackageStore((message) => commands.annotate('warning', message))
}
