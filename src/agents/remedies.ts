import type { Failure } from '../core/failure.ts'
import type { Agent } from './agent.ts'

/** The command that installs the program of an agent; undefined where it is installed by other means. */
export function installCommand({ package: of }: Agent): string | undefined {
  return of && `npm install -g ${of.npm}`
}

/** How to give an agent access to its provider; undefined where it needs none. */
export function accessRemedy({ login }: Agent): string | undefined {
  return login && `export ${login.variables[0]}=…, or ${login.command}`
}

/** A failure for want of a key or of the agent's program, with what helps at the end of its detail. */
export function withRemedy(failure: Failure, agent: Agent, isInstalled: boolean): Failure {
  if (failure.kind === 'auth') {
    const access = accessRemedy(agent)
    return access === undefined
      ? failure
      : {
          ...failure,
          detail: `${failure.detail || 'it has no access'}; to give it access: ${access}; in a workflow, set it in \`env\` of the step`,
        }
  }
  const install = installCommand(agent)
  if (failure.kind !== 'spawn' || failure.code !== 'ENOENT' || isInstalled || install === undefined) return failure
  return { ...failure, detail: `${failure.detail}; to install it: ${install}` }
}
