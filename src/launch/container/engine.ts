import { existsSync } from 'node:fs'
import { type ContainerEngine, containerEngines } from '../../core/confinement.ts'
import { isObject } from '../../core/is-object.ts'
import { plainLine } from '../../core/plain-text.ts'
import { networkNames, pickEnvironment } from '../../agents/environment.ts'
import { createProgramFinder } from '../../process/find-program.ts'
import { type ProgramResult, runProgram } from '../../process/run-program.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** An engine that answers. */
export interface Engine {
  readonly name: ContainerEngine
  /** Of its program. */
  readonly path: string
  readonly version: string
  /** Its containers have our own user for root. */
  readonly rootless: boolean
  /** Its containers' processes are processes of this machine, and carry our mark. */
  readonly local: boolean
  /** The limits that it can hold a container to. Processes are counted by us where we see them: a program that cannot have more may go on without. */
  readonly limits: { readonly memory: boolean; readonly cpus: boolean; readonly processes: boolean }
  /** Whether it has a first process for a container, which passes signals on and collects what is orphaned. */
  readonly init: boolean
  /** The environment of its program. */
  readonly env: Readonly<Record<string, string>>
}

/** Variables of ours by which an engine finds its configuration, its daemon and its registries. */
const engineNames = [
  ...'PATH HOME TMPDIR XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME DBUS_SESSION_BUS_ADDRESS'.split(
    ' ',
  ),
  ...'CONTAINER_HOST CONTAINER_CONNECTION CONTAINER_SSHKEY CONTAINERS_CONF CONTAINERS_CONF_OVERRIDE CONTAINERS_STORAGE_CONF CONTAINERS_REGISTRIES_CONF STORAGE_DRIVER STORAGE_OPTS REGISTRY_AUTH_FILE'.split(
    ' ',
  ),
  ...'DOCKER_HOST DOCKER_CONTEXT DOCKER_CONFIG DOCKER_TLS DOCKER_TLS_VERIFY DOCKER_CERT_PATH DOCKER_API_VERSION DOCKER_DEFAULT_PLATFORM'.split(
    ' ',
  ),
  ...'SYSTEMROOT USERPROFILE APPDATA LOCALAPPDATA PROGRAMDATA'.split(' '),
]

const askMs = 20_000

/** Where Debian, Fedora and podman itself put the first process of containers; a podman without it refuses `--init`. */
const inits = [
  '/usr/libexec/podman/catatonit',
  '/usr/local/libexec/podman/catatonit',
  '/usr/lib/podman/catatonit',
  '/usr/local/lib/podman/catatonit',
  '/usr/bin/catatonit',
]

/** The first engine that answers of those that will do, or why none does (a clause) and what would help. */
export async function findEngine(
  wanted: ContainerEngine | undefined,
  environment: Environment,
): Promise<Engine | { readonly problem: string; readonly hint: string }> {
  const find = createProgramFinder(environment['PATHEXT'])
  const env = pickEnvironment(environment, [...engineNames, ...networkNames])
  const problems: string[] = []
  for (const name of wanted === undefined ? containerEngines : [wanted]) {
    const path = find(name, environment['PATH'] ?? environment['Path'])
    if (path === undefined) {
      problems.push(`${name} is not on the PATH`)
      continue
    }
    const asked = await runProgram([path, 'info', '--format', '{{json .}}'], { cwd: '/', env, timeoutMs: askMs })
    const engine = readEngine(name, path, asked, env)
    if (typeof engine !== 'string') return engine
    problems.push(`${name} does not answer (${engine})`)
  }
  const hint =
    wanted === 'docker'
      ? 'install Docker and start its daemon, or write `engine: podman`'
      : 'install podman (Debian: apt-get install podman), or start the Docker daemon'
  return { problem: problems.join(', '), hint }
}

/** An engine by what its `info` says, or what it complains about. */
function readEngine(
  name: ContainerEngine,
  path: string,
  { code, stdout, stderr }: ProgramResult,
  env: Readonly<Record<string, string>>,
): Engine | string {
  let info: unknown
  try {
    info = JSON.parse(stdout)
  } catch {
    info = undefined
  }
  const complaint = saidBy({ stdout: '', stderr }) || `exit ${code}`
  if (!isObject<Record<string, unknown>>(info)) return complaint
  const field = (...names: string[]): unknown =>
    names.reduce<unknown>((of, key) => (isObject<Record<string, unknown>>(of) ? of[key] : undefined), info)
  if (name === 'podman') {
    const controllers = field('host', 'cgroupControllers')
    const has = (controller: string): boolean => Array.isArray(controllers) && controllers.includes(controller)
    const version = field('version', 'Version')
    if (code !== 0) return complaint
    return {
      name,
      path,
      env,
      version: typeof version === 'string' ? version : '',
      rootless: field('host', 'security', 'rootless') === true,
      local: field('host', 'serviceIsRemote') !== true,
      limits: {
        memory: has('memory'),
        cpus: has('cpu'),
        processes: has('pids') && field('host', 'serviceIsRemote') === true,
      },
      init: inits.some((init) => existsSync(init)),
    }
  }
  const version = field('ServerVersion')
  if (code !== 0 || typeof version !== 'string' || version === '') return complaint
  const security = field('SecurityOptions')
  return {
    name,
    path,
    env,
    version,
    local: false,
    rootless: Array.isArray(security) && security.includes('name=rootless'),
    limits: {
      memory: field('MemoryLimit') === true,
      cpus: field('CpuCfsQuota') === true || field('CPUCfsQuota') === true,
      processes: field('PidsLimit') === true,
    },
    init: true,
  }
}

/** The last thing that an engine said, in one line. */
export function saidBy({ stdout, stderr }: Pick<ProgramResult, 'stdout' | 'stderr'>): string {
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => line.trim() !== '')
  return plainLine((lines.at(-1) ?? '').replace(/^(?:Error|docker): /, ''))
}
