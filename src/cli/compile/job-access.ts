import { builtinAgents } from '../../agents/registry.ts'
import { looksLikeCredential } from '../../core/credential-name.ts'
import { definitionsOf } from '../../core/definitions.ts'
import { isLink } from '../../core/is-link.ts'
import { neededPermissions } from '../../core/needed-permissions.ts'
import { defaultReport, type Plan } from '../../core/plan.ts'

/** Variables that every runner has. */
const ofRunner = /^(?:GITHUB_|RUNNER_|ACTIONS_|(?:CI|HOME|PATH|USER|LANG|TZ|SHELL|PWD)$)/

/** The `env` of a job's step: the secrets and variables of its instances, and of agents the key of their vendor or the `secrets` in its place. */
export function environmentOf(part: Plan, secrets: readonly string[]): Readonly<Record<string, string>> {
  const named = new Set<string>()
  const plain = new Set((part.stepEnv ?? []).filter((name) => !ofRunner.test(name)))
  for (const { definition } of definitionsOf(part.instances)) {
    for (const name of definition.secrets) named.add(name)
    for (const name of definition.envFrom ?? []) plain.add(name)
    const declared = part.runtimes[definition.runtime]
    for (const name of declared?.env ?? []) (looksLikeCredential(name) ? named : plain).add(name)
    const agent = declared === undefined ? builtinAgents.find(({ name }) => name === definition.runtime) : undefined
    if (agent?.login !== undefined)
      for (const name of secrets.length > 0 ? secrets : agent.login.variables.slice(0, 1)) named.add(name)
  }
  const entries = [
    ...[...named].map((name) => [name, `\${{ secrets.${name} }}`] as const),
    ...[...plain].filter((name) => !named.has(name)).map((name) => [name, `\${{ vars.${name} }}`] as const),
  ]
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** The CLIs that a job's instances need in the versions they are tested with, as the input `install` takes them; what the file gives a version is left to it. */
export function installsOf(part: Plan): string {
  const runtimes = new Set([...definitionsOf(part.instances)].map(({ definition }) => definition.runtime))
  return builtinAgents
    .filter(
      ({ name }) => runtimes.has(name) && part.runtimes[name] === undefined && part.versions?.[name] === undefined,
    )
    .flatMap(({ name, package: from }) => (from === undefined ? [] : [`${name}@${from.version}`]))
    .join(', ')
}

/** What the token of a job may do: read the repository, and what its instances are to do on GitHub; `known` is what else of the plan its shard looks at. */
export function permissionsOf(part: Plan, known: Plan): Readonly<Record<string, 'read' | 'write'>> {
  return withLinks(known, writes({ ...part, report: defaultReport }))
}

/** What the job that reports may do. */
export function collectorPermissions(plan: Plan): Readonly<Record<string, 'read' | 'write'>> {
  const { comment, review, sarifUpload } = plan.report
  // What instances do on GitHub is done by the time of the report.
  const reports = writes({ ...plan, instances: [] })
  return withLinks(plan, {
    ...reports,
    ...((comment !== 'none' || review !== undefined) && { 'pull-requests': 'write' as const }),
    ...(sarifUpload === true && { 'security-events': 'write' as const }),
  })
}

function writes(plan: Plan): Record<string, 'write'> {
  return Object.fromEntries(neededPermissions(plan, true).map(({ scope }) => [scope, 'write']))
}

function withLinks(plan: Plan, scopes: Record<string, 'write'>): Readonly<Record<string, 'read' | 'write'>> {
  const isLinked = plan.instances.some(isLink)
  return { contents: 'read', ...(isLinked && { actions: 'read' }), ...scopes }
}
