import { markVariable } from '../process/mark.ts'

/** Variables of the orchestrator that every child gets; the mark, so that an orchestrator above us still finds its descendants. */
const passedOn = new Set(['PATH', 'HOME', 'LANG', 'TZ', 'CI', markVariable])

/** Without these, programs do not start on Windows. */
const windowsNames = new Set(
  'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT PROGRAMFILES PROGRAMFILES(X86) PROGRAMDATA USERPROFILE APPDATA LOCALAPPDATA NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE'.split(
    ' ',
  ),
)

/** Files by which a step talks to the runner: whoever writes them sets our outputs, our PATH and our summary. */
const fileCommands = new Set(['GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_PATH', 'GITHUB_STATE', 'GITHUB_STEP_SUMMARY'])

const credential = /TOKEN|SECRET|PASSWORD|PRIVATE_KEY|CREDENTIAL/

/** The proxy and certificates of a network: agents need them to reach their provider. */
export const networkNames = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NODE_EXTRA_CA_CERTS',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
] as const

/**
 * The part of the orchestrator's environment that any child may see: a short allow-list; of `GITHUB_*` and `RUNNER_*`
 * all but tokens and the files by which steps command the runner. `RUNNER_TRACKING_ID` stays: the runner's own clean-up works by it.
 */
export function commonEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(own)) if (value !== undefined && isCommon(name)) env[name] = value
  return env
}

function isCommon(name: string): boolean {
  const upper = name.toUpperCase()
  if (passedOn.has(name) || name.startsWith('LC_') || windowsNames.has(upper)) return true
  if (upper === 'PATH') return true
  if (!name.startsWith('GITHUB_') && !name.startsWith('RUNNER_')) return false
  return !fileCommands.has(name) && !credential.test(name)
}

/** The host of a base URL that leads elsewhere than to the provider's own; undefined where there is none. */
export function hostOf(baseUrl: string | undefined): string | undefined {
  return baseUrl !== undefined && URL.canParse(baseUrl) ? new URL(baseUrl).host : undefined
}

/** The named variables that are set. */
export function pickEnvironment(
  own: Readonly<Record<string, string | undefined>>,
  names: Iterable<string>,
): Record<string, string> {
  const env: Record<string, string> = {}
  for (const name of names) {
    const value = own[name]
    if (value !== undefined && value !== '') env[name] = value
  }
  return env
}
