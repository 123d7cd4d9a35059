import type { Agent } from '../../src/agents/agent.ts'
import { opencode } from '../../src/agents/opencode/opencode.ts'
import { pi } from '../../src/agents/pi/pi.ts'

/** The variable by which an instance of these says where the ledger is. */
export const ledgerVariable = 'LEDGER_URL'

/** The name of an agent whose providers no variable leads elsewhere, with a ledger in their place behind the key proxy. */
export const ledName = (runtime: string): string =>
  runtime === 'opencode' || runtime === 'pi' ? `led-${runtime}` : runtime

/** OpenCode and pi so, by these names. */
export const ledAgents: readonly Agent[] = [opencode, pi].map((agent) => {
  const { proxied } = agent
  if (proxied === undefined) throw new Error(`the login of ${agent.name} is not kept`)
  return {
    ...agent,
    name: ledName(agent.name),
    proxied: {
      ...proxied,
      find: (environment, model) => {
        const login = proxied.find(environment, model)
        const url = environment[ledgerVariable]
        if (login === undefined || 'problem' in login || url === undefined) return login
        return { ...login, upstream: `${url}${(login.way ?? proxied).base}` }
      },
    },
  }
})
