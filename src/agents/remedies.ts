import type { Failure } from '../core/failure.ts'
import type { Agent, Cloud } from './agent.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The command that installs the program of an agent; undefined where it is installed by other means. */
export function installCommand({ package: of }: Agent): string | undefined {
  return of && `npm install -g ${of.npm}`
}

/** The cloud that an environment chooses for an agent; undefined for its own provider. */
export function chosenCloud({ login }: Agent, environment: Environment): Cloud | undefined {
  return login?.clouds?.find(({ variable }) => !/^(?:0|false)?$/i.test(environment[variable] ?? ''))
}

/** How to give an agent access to its provider; undefined where it needs none. */
export function accessRemedy(agent: Agent, environment: Environment): string | undefined {
  const { login } = agent
  if (login === undefined) return undefined
  const cloud = chosenCloud(agent, environment)
  if (cloud !== undefined) return `${cloud.variable} chooses ${cloud.name}, which needs ${cloud.needs}`
  const others = login.clouds?.map(({ name, variable }) => `${variable}=1 for ${name}`) ?? []
  return [`export ${login.variables[0]}=…`, login.command, ...others].join(', or ')
}

/** A failure for want of a key or of the agent's program, with what helps at the end of its detail. */
export function withRemedy(failure: Failure, agent: Agent, isInstalled: boolean, environment: Environment): Failure {
  if (failure.kind === 'auth') {
    const access = accessRemedy(agent, environment)
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
