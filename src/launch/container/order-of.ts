import type { ContainerRules } from '../../core/confinement.ts'
import type { ConfinedAttempt } from '../confinement.ts'
import { neededPlaces } from '../needed-places.ts'
import type { ContainerOrder } from './container-arguments.ts'

/** Variables of the machine that mean nothing, or something else, in an image. */
const machines = ['PATH', 'Path', 'RUNNER_TOOL_CACHE', 'PATHEXT', 'SYSTEMROOT', 'COMSPEC', 'USERPROFILE']

/** What the container of an attempt is to be, or why none will do. A simulated model is reached whatever the network. */
export function orderOf(
  attempt: ConfinedAttempt,
  rules: ContainerRules,
): Omit<ContainerOrder, 'engine' | 'name' | 'owner'> | { readonly problem: string } {
  const { task, agent, directory, workspace } = attempt
  const own: ReadonlySet<string> = new Set([...Object.keys(task.env), ...(task.envFrom ?? []), ...task.secrets])
  // The home of a command is that of the image's user; an agent has one of its own.
  const foreign = agent.kind === 'agent' ? machines : [...machines, 'HOME']
  const { endpoint } = directory
  if (endpoint?.real === true && rules.network !== undefined && rules.network !== 'host')
    return {
      problem: `its key is kept from it, and what it gets instead answers on the loopback, which \`network: ${rules.network}\` keeps from it: write \`network: host\` or \`credentials: direct\``,
    }
  const { network: _, ...others } = rules
  return {
    rules: endpoint === undefined ? rules : others,
    root: workspace,
    places: neededPlaces(attempt),
    network: endpoint === undefined ? undefined : 'host',
    limits: task.limits,
    withheld: new Set(foreign.filter((name) => !own.has(name))),
    user: process.getuid === undefined ? undefined : `${process.getuid()}:${process.getgid?.() ?? 0}`,
  }
}
