import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Task } from '../core/task.ts'
import type { Remark } from '../core/expectation.ts'
import { messageOf } from '../core/message-of.ts'
import type { Agent, Conclusion, Endpoint, KeyLogin } from '../agents/agent.ts'
import { isCredential, networkNames } from '../agents/environment.ts'
import type { KeyProxy, Lease } from '../agents/proxy/key-proxy.ts'
import { writeNewFile } from '../process/create-file.ts'
import { findHolders } from '../process/hide-environment.ts'
import type { LauncherOptions } from './launcher-options.ts'

/** Opens the key proxy of a run when the first attempt needs it. */
export interface LazyKeyProxy {
  open(): Promise<KeyProxy>
  /** Whether this was said before; what is said once for a run need not be said for each attempt. */
  said(message: string): boolean
  close(): Promise<void>
}

/** One for a run. */
export function createLazyKeyProxy(): LazyKeyProxy {
  let opening: Promise<KeyProxy> | undefined
  const told = new Set<string>()
  return {
    open: () => (opening ??= import('../agents/proxy/key-proxy.ts').then(({ openKeyProxy }) => openKeyProxy())),
    said: (message) => told.size === told.add(message).size,
    close: async () => (await opening?.catch(() => undefined))?.close(),
  }
}

/** What of the run it takes to keep a key. */
type Context = Pick<LauncherOptions, 'trust' | 'emit' | 'hideEnvironment' | 'record'> & {
  readonly keyProxy: LazyKeyProxy
}

/** The environment of an attempt's CLI, before anything is kept from it, and where its model is. */
interface Given {
  readonly env: Readonly<Record<string, string>>
  readonly endpoint: Endpoint | undefined
  readonly userHome: string | undefined
}

/** `lease` is what the CLI gets instead of its key; undefined where it has its own login. */
export type KeptKey = { readonly lease: Lease | undefined } | { readonly problem: string }

/**
 * Keeps the key of an attempt's provider with us where that is asked for (`credentials: proxy`), and where nothing is said for agents that may only read
 * and on a stranger's event. What cannot be kept is a problem where it was asked for, and else said once.
 */
export async function keepKey(task: Task, agent: Agent, given: Given, context: Context): Promise<KeptKey> {
  const { credentials } = task
  const isRecorded = context.record !== undefined
  const isWanted = credentials === 'proxy' || isRecorded || task.safety === 'read-only' || !context.trust.event
  if (agent.kind !== 'agent' || !isWanted) return { lease: undefined }
  const unrecorded = (why: string): void => {
    if (isRecorded)
      context.emit({ type: 'notice', level: 'warning', id: task.id, message: `it is not recorded: ${why}` })
  }
  if (credentials === 'direct') {
    unrecorded('`credentials: direct` bypasses the proxy')
    return { lease: undefined }
  }
  const login = findLogin(agent, task.model, given)
  if (login === undefined || agent.proxied === undefined) {
    if (credentials !== 'proxy') {
      unrecorded('it has no key that could be kept from it')
      return { lease: undefined }
    }
    return {
      problem: `\`credentials: proxy\` has no key to keep: ${agent.login?.variables[0] ?? 'its key'} is not set`,
    }
  }
  if ('problem' in login) {
    if (credentials === 'proxy')
      return {
        problem: `\`credentials: proxy\` cannot keep ${login.problem} from ${agent.name}: ${login.hint ?? 'give it an API key'}, or say \`credentials: direct\``,
      }
    const message = `${agent.name} holds its own credentials: ${login.problem} cannot be kept from it as an API key can (\`credentials: direct\` confirms that this is intended)`
    unrecorded(`${login.problem} cannot be kept from it`)
    if (!context.keyProxy.said(message)) context.emit({ type: 'notice', level: 'notice', id: task.id, message })
    return { lease: undefined }
  }
  hide(login.variables, task.id, context)
  try {
    const proxy = await context.keyProxy.open()
    return {
      lease: await proxy.lease({
        key: login.way ?? agent.proxied,
        login,
        environment: given.env,
        keepsAnswers: isRecorded,
      }),
    }
  } catch (error) {
    return { problem: `the key proxy could not be opened: ${messageOf(error)}` }
  }
}

function findLogin(
  agent: Agent,
  model: string | undefined,
  { env, endpoint, userHome }: Given,
): KeyLogin | { problem: string; hint?: string } | undefined {
  const { proxied, login } = agent
  if (proxied === undefined) {
    const holds = agent.providerEnv.some((name) => isCredential(name, env[name] ?? '') && env[name])
    return endpoint === undefined && holds ? { problem: `the login of the runtime \`${agent.name}\`` } : undefined
  }
  if (endpoint !== undefined)
    return {
      upstream: `${endpoint.baseUrl}${proxied.base}`,
      headers: proxied.headersOf(endpoint.apiKey),
      variables: [],
    }
  const found = proxied.find(env, model)
  if (found !== undefined || login === undefined || userHome === undefined) return found
  return existsSync(join(userHome, login.file)) ? { problem: `the login in ~/${login.file}` } : undefined
}

/** Our own block of variables, and those above us, can be read by every process of the same user. */
function hide(variables: readonly string[], id: string, { keyProxy, emit, hideEnvironment }: Context): void {
  if (variables.length === 0) return
  hideEnvironment?.(variables)
  for (const { pid, name, program } of findHolders(variables)) {
    const message = `${name} is kept from the agents, but it is in the environment of process ${pid} (${program}), which started us: anything that runs as the same user can read it there`
    if (!keyProxy.said(message)) emit({ type: 'notice', level: 'warning', id, message })
  }
}

const faultWords = {
  truncated: 'its last answer was cut off at the token limit',
  refused: 'its model refused the last request',
}

/**
 * Ends the lease of an attempt whose processes have ended: its account is held against what went through, and the requests are kept beside its
 * logs, a line each.
 */
export async function settleLease(
  lease: Lease,
  conclusion: Conclusion,
  requestsFile: string,
  { redactor }: Pick<LauncherOptions, 'redactor'>,
): Promise<Conclusion> {
  lease.close()
  const { holdAccounts } = await import('../agents/proxy/hold-accounts.ts')
  const { accounting, remark } = holdAccounts(conclusion.accounting, lease.ledger)
  const lines = lease.served.map(({ path, status, count }) =>
    JSON.stringify({
      path,
      status,
      model: count?.model ?? null,
      usage: count?.usage ?? null,
      whole: count?.complete ?? false,
    }),
  )
  try {
    if (lines.length > 0) writeNewFile(requestsFile, redactor.text(`${lines.join('\n')}\n`))
  } catch {
    // A disk that takes no more has been noticed by the attempt's own logs.
  }
  const fault = lease.served.findLast(({ count }) => count !== undefined)?.count?.fault
  const more: Remark[] = [
    ...(remark === undefined ? [] : [{ text: remark }]),
    ...(fault && conclusion.failure === null ? [{ kind: fault, text: faultWords[fault] }] : []),
  ]
  return { ...conclusion, accounting, remarks: [...conclusion.remarks, ...more] }
}

/** The environment of a CLI that holds a token instead of a key: without the provider's credentials under any name, and with a way to us past any proxy. */
export function withoutKey(
  env: Readonly<Record<string, string>>,
  agent: Agent,
  login: readonly string[],
): Record<string, string> {
  const network: ReadonlySet<string> = new Set(networkNames)
  const isProviders = (name: string, value: string): boolean =>
    agent.providerEnv.includes(name) && !network.has(name) && (isCredential(name, value) || name.endsWith('_BASE_URL'))
  const secrets = login.flatMap((name) => env[name] || [])
  const kept = Object.entries(env).filter(
    ([name, value]) => !isProviders(name, value) && !secrets.some((secret) => value.includes(secret)),
  )
  const own = Object.fromEntries(kept)
  if (!kept.some(([name]) => /_proxy$/i.test(name))) return own
  const excepted = ['127.0.0.1', own['no_proxy'] || own['NO_PROXY']].filter(Boolean).join(',')
  return { ...own, NO_PROXY: excepted, no_proxy: excepted }
}
