import type { ContainerRules } from '../../core/confinement.ts'
import type { ProcessLimits } from '../../core/instance.ts'
import { isCredential } from '../../agents/environment.ts'
import type { Spawn } from '../../process/spawn.ts'
import { markVariable } from '../../process/mark.ts'
import type { NeededPlaces } from '../confinement.ts'
import type { Engine } from './engine.ts'

/** The label that names who runs a container: by it none outlives its run. */
export const ownerLabel = 'orchestrator.owner'

/** One container. */
export interface ContainerOrder {
  readonly engine: Engine
  readonly rules: ContainerRules
  readonly name: string
  /** The run, and the process that carries it: one that resumes it is another. */
  readonly owner: string
  readonly places: NeededPlaces
  /** The root of the repository, from which relative volumes count. */
  readonly root: string
  /** Its network where the rules name none. */
  readonly network: string | undefined
  readonly limits: ProcessLimits
  /** Names of variables that are the machine's and not the instance's: they are not handed in. */
  readonly withheld: ReadonlySet<string>
  /** `user:group` of ours; undefined where there are none, as on Windows. */
  readonly user: string | undefined
}

/** Variables that the engine's own program obeys: what the instance has under these names is given to the container by value, and not to the engine. */
const obeyed =
  /^(?:PATH|HOME|TMPDIR|TEMP|TMP|LD_\w+|GO(?:DEBUG|GC|MEMLIMIT|MAXPROCS|TRACEBACK)|XDG_\w+|DBUS_\w+|NOTIFY_SOCKET|LISTEN_\w+|CONTAINERS?_\w+|STORAGE_\w+|REGISTRY_AUTH_FILE|BUILDAH_\w+|PODMAN_\w+|DOCKER_(?:HOST|CONTEXT|CONFIG|TLS\w*|CERT_PATH|API_VERSION|DEFAULT_PLATFORM|CONTENT_TRUST\w*))$/i

/**
 * What starts a program in a container. Values of variables stay out of the argv, which every user of the machine can read: the engine takes them
 * from its own environment by their names. Throws for a credential that the engine itself would obey.
 */
export function inContainer(spawn: Spawn, order: ContainerOrder): Spawn {
  const { engine, rules, name, owner, places, root, limits } = order
  const [program = '', ...args] = spawn.argv
  const network = rules.network ?? order.network
  const user = rules.user ?? (engine.rootless ? '0:0' : order.user)
  const { env, names } = environmentOf(spawn, order)
  return {
    cwd: '/',
    env,
    ...(spawn.stdin !== undefined && { stdin: spawn.stdin }),
    argv: [
      engine.path,
      'run',
      '--name',
      name,
      '--label',
      `${ownerLabel}=${owner}`,
      '--log-driver',
      'none',
      '--quiet',
      ...(engine.name === 'podman' ? ['--http-proxy=false', '--security-opt', 'label=disable'] : []),
      // Who removes it has no patience.
      '--stop-timeout',
      '0',
      ...(engine.init ? ['--init'] : []),
      ...(spawn.stdin === undefined ? [] : ['--interactive']),
      ...(network === undefined ? [] : ['--network', network]),
      ...(user === undefined ? [] : ['--user', user]),
      ...limitArguments(limits, engine),
      ...places.read.flatMap((path) => mount(path, path, true)),
      ...places.write.flatMap((path) => mount(path, path, false)),
      ...(rules.volumes ?? []).flatMap((volume) => volumeMount(volume, root)),
      '--workdir',
      spawn.cwd,
      ...names.flatMap((each) => ['--env', each]),
      ...(rules.options ?? []),
      '--entrypoint',
      program,
      rules.image,
      ...args,
    ],
  }
}

/** The engine's program and the first process of a container, which carry our mark as well. */
const own = 2

/** The limits that an engine sees to are not watched by us as well: we would count its own program in. */
export function leftLimits(
  { memoryBytes, cpus, processes, ...others }: ProcessLimits,
  { limits }: Engine,
): ProcessLimits {
  return {
    ...others,
    ...(memoryBytes !== undefined && !limits.memory && { memoryBytes }),
    ...(cpus !== undefined && !limits.cpus && { cpus }),
    ...(processes !== undefined && !limits.processes && { processes: processes + own }),
  }
}

function limitArguments({ memoryBytes, cpus, processes }: ProcessLimits, { limits }: Engine): string[] {
  return [
    ...(memoryBytes !== undefined && limits.memory
      ? ['--memory', String(memoryBytes), '--memory-swap', String(memoryBytes)]
      : []),
    ...(cpus !== undefined && limits.cpus ? ['--cpus', String(cpus)] : []),
    ...(processes !== undefined && limits.processes ? ['--pids-limit', String(processes)] : []),
  ]
}

/** A bind mount: fields between commas, as CSV has them (https://docs.docker.com/engine/storage/bind-mounts/). */
function mount(source: string, target: string, readOnly: boolean): string[] {
  const field = (text: string): string => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const fields = ['type=bind', field(`source=${source}`), field(`target=${target}`), ...(readOnly ? ['readonly'] : [])]
  return ['--mount', fields.join(',')]
}

/** A volume of the file; what is neither a path nor relative to one is a volume of the engine's own. */
function volumeMount(volume: string, root: string): string[] {
  const [source = '', target = '', mode] = volume.split(':')
  if (source.startsWith('/')) return mount(source, target, mode === 'ro')
  if (source.startsWith('.')) return mount(`${root}/${source}`, target, mode === 'ro')
  return ['--volume', volume]
}

function environmentOf(
  spawn: Spawn,
  { engine, withheld }: ContainerOrder,
): { readonly env: Record<string, string>; readonly names: readonly string[] } {
  const env: Record<string, string> = { ...engine.env }
  const names: string[] = [markVariable]
  for (const [name, value] of Object.entries(spawn.env)) {
    if (withheld.has(name)) continue
    if (name === markVariable) env[name] = value
    else if (!obeyed.test(name)) {
      env[name] = value
      names.push(name)
    } else if (isCredential(name, value))
      throw new Error(
        `${name} cannot be handed into a container without telling it to ${engine.name} itself: rename it`,
      )
    else names.push(`${name}=${value}`)
  }
  return { env, names }
}
