import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { rootCertificates } from 'node:tls'
import { readTextFile } from '../../process/read-regular-file.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The way to one provider. */
export interface Connections {
  /** Makes connections, and keeps them for the next request. */
  readonly agent: HttpAgent
  /** Certificates that are trusted there; undefined: the usual ones. */
  readonly ca: string[] | undefined
}

/** Files of certificates that are trusted besides the usual ones, by the variables that CLIs read them from. */
const certificateNames = [
  'NODE_EXTRA_CA_CERTS',
  'CODEX_CA_CERTIFICATE',
  'SSL_CERT_FILE',
  'REQUESTS_CA_BUNDLE',
  'CURL_CA_BUNDLE',
]

/**
 * Connections to a provider as the environment of its CLI has them: through a proxy, and with certificates of one's own. Throws where a file of
 * certificates cannot be read.
 */
export async function openConnections(upstream: URL, environment: Environment): Promise<Connections> {
  const ca = certificatesOf(environment)
  const options = { keepAlive: true }
  const proxy = proxyFor(upstream, environment)
  if (proxy !== undefined) {
    const { HttpsProxyAgent } = await import('https-proxy-agent')
    // An agent in all that a request asks of one, which its types do not say.
    return { agent: new HttpsProxyAgent(proxy, { ...options, ...(ca && { ca }) }) as unknown as HttpAgent, ca }
  }
  return { agent: upstream.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options), ca }
}

/** Certificates besides the usual ones; undefined where there are none. */
export function certificatesOf(environment: Environment): string[] | undefined {
  const files = new Set(certificateNames.flatMap((name) => environment[name] || []))
  if (files.size === 0) return undefined
  return [...rootCertificates, ...[...files].map((file) => readTextFile(file))]
}

/** The address of the proxy that leads to a provider; undefined where none does, or `NO_PROXY` excepts it. Small letters come first, as in curl. */
export function proxyFor({ protocol, hostname, port }: URL, environment: Environment): string | undefined {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] || environment[name] || undefined
  const own = protocol === 'https:' ? read('HTTPS_PROXY') : read('HTTP_PROXY')
  const proxy = own ?? read('ALL_PROXY')
  if (proxy === undefined || !URL.canParse(proxy) || !/^https?:/.test(proxy)) return undefined
  const usedPort = port || (protocol === 'https:' ? '443' : '80')
  const excepted = (read('NO_PROXY') ?? '').split(/[\s,]+/).some((entry) => excepts(entry, hostname, usedPort))
  return excepted ? undefined : proxy
}

/** An entry of `NO_PROXY`: `*`, a host, or a domain with or without a dot before it, each perhaps with a port. */
function excepts(entry: string, hostname: string, port: string): boolean {
  if (entry === '*') return true
  const [, host = '', ofPort] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? []
  if (host === '' || (ofPort !== undefined && ofPort !== port)) return false
  const domain = host.replace(/^\*?\./, '')
  return hostname === domain || hostname.endsWith(`.${domain}`)
}
