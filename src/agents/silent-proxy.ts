import { connect } from 'node:net'
import { proxyFor } from './proxy/upstream.ts'

/** A proxy that the environment sends agents through and that takes no connection. */
export interface SilentProxy {
  /** Host and port, without the credentials that its address may have. */
  readonly address: string
  /** A clause: `ECONNREFUSED`, `no answer within 3 s`. */
  readonly why: string
}

const waitMs = 3000

/** Where an agent's provider is asked that names no host itself. */
const hosts: Readonly<Record<string, string>> = {
  anthropic: 'api.anthropic.com',
  openai: 'api.openai.com',
  google: 'generativelanguage.googleapis.com',
}

/** Variables that name a proxy, as curl reads them. */
const proxyNames = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']

/** Whether the environment names any proxy. */
export function namesProxy(environment: Readonly<Record<string, string | undefined>>): boolean {
  return proxyNames.some((name) => (environment[name] || environment[name.toLowerCase()] || '') !== '')
}

/** The proxies on the way to some providers that do not answer; those that `NO_PROXY` excepts are reached without one. Ends within seconds. */
export async function findSilentProxies(
  providers: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<SilentProxy[]> {
  const proxies = providers.map((name) => proxyFor(new URL(`https://${hosts[name] ?? hostIn(name)}`), environment))
  const asked = [...new Set(proxies.filter((proxy) => proxy !== undefined))].map(async (proxy) => {
    const { hostname, port, protocol } = new URL(proxy)
    const usedPort = port || (protocol === 'https:' ? '443' : '80')
    const why = await whySilent(hostname.replaceAll(/^\[|\]$/g, ''), Number(usedPort))
    return why === undefined ? [] : [{ address: `${hostname}:${usedPort}`, why }]
  })
  return (await Promise.all(asked)).flat()
}

/** A provider that is a host of its own; of others nothing is known but that they are asked by HTTPS. */
function hostIn(provider: string): string {
  return /^[\w.-]+\.\w+(?::\d+)?$/.test(provider) ? provider : 'provider.invalid'
}

function whySilent(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (why: string | undefined): void => {
      socket.destroy()
      resolve(why)
    }
    socket.setTimeout(waitMs, () => end(`no answer within ${waitMs / 1000} s`))
    socket.once('connect', () => end(undefined))
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message))
  })
}
