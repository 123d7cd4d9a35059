import { looksLikeCredential } from '../core/credential-name.ts'
import { markVariable } from '../process/mark.ts'

/** Variables of the orchestrator that every child gets; the mark, so that an orchestrator above us still finds its descendants. */
const passedOn = ['PATH', 'HOME', 'LANG', 'TZ', 'CI', markVariable]

/** Without these, programs do not start on Windows. */
const windowsNames =
  'SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC PATHEXT PROGRAMFILES PROGRAMFILES(X86) PROGRAMDATA USERPROFILE APPDATA LOCALAPPDATA NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE'.split(
    ' ',
  )

/**
 * What the runner itself sets for a step and a program may know: an exact list, because nobody can tell by its name that `GITHUB_PAT` or
 * `RUNNER_SSH_KEY` is a credential. Not in it are tokens, the files by which a step commands the runner, and `RUNNER_TEMP`, where these
 * files are. `RUNNER_TRACKING_ID` is in it: the runner's own clean-up works by it.
 */
const runnerNames = [
  ...'ACTION ACTIONS ACTION_PATH ACTION_REF ACTION_REPOSITORY ACTOR ACTOR_ID API_URL BASE_REF EVENT_NAME EVENT_PATH GRAPHQL_URL HEAD_REF JOB REF REF_NAME REF_PROTECTED REF_TYPE REPOSITORY REPOSITORY_ID REPOSITORY_OWNER REPOSITORY_OWNER_ID RETENTION_DAYS RUN_ATTEMPT RUN_ID RUN_NUMBER SERVER_URL SHA TRIGGERING_ACTOR WORKFLOW WORKFLOW_REF WORKFLOW_SHA WORKSPACE'
    .split(' ')
    .map((name) => `GITHUB_${name}`),
  ...'ARCH DEBUG ENVIRONMENT NAME OS TOOL_CACHE TRACKING_ID WORKSPACE'.split(' ').map((name) => `RUNNER_${name}`),
]

const commonNames: ReadonlySet<string> = new Set([...passedOn, ...windowsNames, ...runnerNames])

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

/** The part of the orchestrator's environment that any child may see: a short allow-list. */
export function commonEnvironment(own: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const env: Record<string, string> = {}
  for (const [name, value] of Object.entries(own)) if (value !== undefined && isCommon(name)) env[name] = value
  return env
}

function isCommon(name: string): boolean {
  if (commonNames.has(name) || /^LC_[A-Z]+$/.test(name)) return true
  const upper = name.toUpperCase()
  return upper === 'PATH' || windowsNames.includes(upper)
}

/** Names that hold a credential besides those that look like one. */
const credentialEndings = ['PWD', 'PASS', 'COOKIE', 'COOKIES', 'DSN', 'HEADERS', 'ACCESS_KEY_ID']
const harmlessEndings = ['PUBLIC_KEY', 'CACHE_KEY']
const harmless: ReadonlySet<string> = new Set(['PWD', 'OLDPWD'])

/** Folders in which an agent's CLI keeps its login. */
const loginFolders: ReadonlySet<string> = new Set(['CLAUDE_CONFIG_DIR', 'CODEX_HOME'])

/** Whether a variable is a credential or leads to one: not a region, a certificate, a model, an address without a password. */
export function isCredential(name: string, value: string): boolean {
  const upper = name.toUpperCase()
  if (harmless.has(upper) || endsWithWords(upper, harmlessEndings)) return false
  return (
    looksLikeCredential(name) ||
    endsWithWords(upper, credentialEndings) ||
    loginFolders.has(name) ||
    (value.includes('://') && /:\/\/[^/\s@]*:[^/\s@]+@/.test(value))
  )
}

function endsWithWords(name: string, endings: readonly string[]): boolean {
  return endings.some((ending) => name === ending || name.endsWith(`_${ending}`))
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

/** Whose models an environment has the key of, where it has one only. */
export function soleProvider(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const found = Object.entries(providerOfKey).filter(([name]) => environment[name])
  return found.length === 1 ? found[0]?.[1] : undefined
}

const providerOfKey: Readonly<Record<string, string>> = {
  ANTHROPIC_API_KEY: 'anthropic',
  OPENAI_API_KEY: 'openai',
  GEMINI_API_KEY: 'google',
  OPENROUTER_API_KEY: 'openrouter',
  OPENCODE_API_KEY: 'opencode',
  MISTRAL_API_KEY: 'mistral',
  GROQ_API_KEY: 'groq',
  XAI_API_KEY: 'xai',
}
