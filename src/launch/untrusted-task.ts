import type { Failure } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import type { Agent } from '../agents/agent.ts'
import type { LauncherOptions } from './launcher-options.ts'
import { cannotStart } from './cannot-start.ts'
import { findTreeArgument } from './tree-arguments.ts'

/** Where an agent is started, and whose that is. */
interface Place extends Pick<LauncherOptions, 'trust'> {
  readonly cwd: string
  /** The working tree. */
  readonly tree: string
}

/**
 * A task as it may be carried out where a stranger made the working tree, or caused the run: then an agent obeys nothing of the tree, and on a
 * stranger's event it may read at most.
 */
export function untrustedTask(task: Task, agent: Agent, place: Place): { task: Task } | { failure: Failure } {
  if (agent.kind !== 'agent') return { task }
  const { trust } = place
  const args = [...(agent.ownArguments ?? []), ...task.args]
  const obeying = trust.tree ? undefined : findMatching(args, agent.undoing?.tree)
  if (obeying !== undefined)
    return refuse(
      `the argument ${obeying} makes the agent obey the working tree, which may be a stranger's on this event`,
    )
  if (trust.event) return { task }
  const named = findTreeArgument(task, agent.ownArguments ?? [], place.cwd, place.tree)
  if (named !== undefined)
    return refuse(
      `the argument ${named} names something in the working tree, which whoever triggered this event may have made`,
    )
  const loosening = findMatching(args, agent.undoing?.safety)
  if (loosening !== undefined)
    return refuse(`the argument ${loosening} sets what the agent may do, and on this event it may only read`)
  if (task.safety === 'read-only' || task.safety === 'manual') return { task }
  if (agent.safety?.has('read-only') === false)
    return refuse(
      `${agent.name} has no \`safety: read-only\`, and on this event an agent may only read: say in its definition which arguments keep it to that`,
    )
  return { task: { ...task, safety: 'read-only' } }
}

const refuse = (why: string): { failure: Failure } => cannotStart('UNTRUSTED', why)

/** The first option that matches, seen with its value: `--option value`, `--option=value`. */
function findMatching(args: readonly string[], pattern: RegExp | undefined): string | undefined {
  return args.find((arg, index) => pattern?.test(arg.includes('=') ? arg : `${arg} ${args[index + 1] ?? ''}`))
}
