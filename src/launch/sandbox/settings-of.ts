import { existsSync, readdirSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join, resolve, sep } from 'node:path'
import type { SandboxRules } from '../../core/confinement.ts'
import { hostOf } from '../../agents/environment.ts'
import { commonFolder, findGitFolder } from '../../process/git-folder.ts'
import type { ConfinedAttempt } from '../confinement.ts'
import { neededPlaces } from '../needed-places.ts'

/** The part of the sandbox runtime's settings that we use (its README, "Configuration"). */
export interface SandboxSettings {
  readonly network: { readonly allowedDomains: readonly string[]; readonly deniedDomains: readonly string[] }
  readonly filesystem: {
    readonly denyRead: readonly string[]
    readonly allowRead: readonly string[]
    readonly allowWrite: readonly string[]
    readonly denyWrite: readonly string[]
  }
}

/** Where people and services keep what is theirs alone. */
const secretPlaces = [
  '/root',
  '/home',
  '/etc/shadow',
  '/etc/gshadow',
  '/etc/sudoers.d',
  '/run/secrets',
  '/run/user',
  '/run/credentials',
  '/var/lib/docker',
  '/var/spool',
]

/**
 * What an attempt may touch, and the ports of the loopback that are relayed to it. `own` is a folder of the sandbox itself, `runtime` that of what
 * makes it: a program of its own is started inside, and may be installed in the home directory, which is hidden.
 */
export function settingsOf(
  attempt: ConfinedAttempt,
  rules: SandboxRules,
  {
    own,
    runtime,
    userHome,
    temporary,
  }: {
    readonly own: string
    readonly runtime: string
    readonly userHome: string | undefined
    readonly temporary: string
  },
): { readonly settings: SandboxSettings; readonly ports: readonly number[] } {
  const { directory, tree, workspace, runDirectory, agent } = attempt
  const places = neededPlaces(attempt)
  const named = (paths: readonly string[]): string[] =>
    paths.map((path) => resolve(workspace, path)).filter((path) => existsSync(path))
  const endpoint = directory.endpoint === undefined ? undefined : new URL(directory.endpoint.baseUrl)
  const hosts =
    endpoint === undefined ? [...(agent.hosts ?? []), ...baseHosts(attempt)] : [`127.0.0.1:${endpoint.port}`]
  const loopback = rules.network.flatMap((host) => /^(?:localhost|127\.0\.0\.1):(\d+)$/.exec(host)?.[1] ?? [])
  const allowedDomains = [...hosts, ...rules.network, ...loopback.map((port) => `127.0.0.1:${port}`)]
  const program = directory.find(agent.program)
  const hidden = [...secretPlaces, temporary, ...(userHome === undefined ? [] : [userHome])]
  return {
    ports: [...new Set([...(endpoint === undefined ? [] : [endpoint.port]), ...loopback].map(Number))],
    settings: {
      network: { allowedDomains: [...new Set(allowedDomains)], deniedDomains: [] },
      filesystem: {
        denyRead: [...new Set(hidden)].filter((path) => path !== sep && existsSync(path)),
        allowRead: [
          ...new Set([
            ...places.read,
            ...places.write,
            own,
            runtime,
            ...programFolders(directory.env, program),
            ...named(rules.read),
            ...named(rules.write),
          ]),
        ],
        allowWrite: [...places.write, ...named(rules.write)],
        // What git runs of a repository would run outside.
        denyWrite: [runDirectory, ...gitPrograms(tree)].filter((path) => existsSync(path)),
      },
    },
  }
}

/** Hosts that variables of the agent's provider lead to. */
function baseHosts({ agent, directory }: ConfinedAttempt): string[] {
  return agent.providerEnv.flatMap((name) =>
    /_(?:BASE_URL|ENDPOINT)$/.test(name) ? (hostOf(directory.env[name]) ?? []) : [],
  )
}

/** The folders of programs: those of the PATH, and of a program what it is installed with. */
function programFolders(env: Readonly<Record<string, string>>, program: string | undefined): string[] {
  const found = (env['PATH'] ?? '').split(delimiter).filter((path) => path.startsWith(sep) && existsSync(path))
  const linked = found.flatMap((path) => linkedFrom(path))
  // `X/bin` belongs to an installation in `X`, but for the home directory's own.
  const roots = found.flatMap((path) =>
    basename(path) === 'bin' && !/^\.?local$/.test(basename(dirname(path))) && dirname(path) !== env['HOME']
      ? [dirname(path)]
      : [],
  )
  return [...found, ...roots, ...linked, ...(program === undefined ? [] : installationOf(program))].filter(
    (path) => path !== sep,
  )
}

/** Where the links of a folder of npm's programs lead: its packages. */
function linkedFrom(path: string): string[] {
  return basename(path) === '.bin' ? [dirname(path)] : []
}

/** The outermost folder of packages that a program is in, or its own folder. */
function installationOf(program: string): string[] {
  if (!program.includes(sep)) return []
  const real = realpathSync(program)
  const at = real.indexOf(`${sep}node_modules${sep}`)
  return [at === -1 ? dirname(real) : real.slice(0, at + `${sep}node_modules`.length)]
}

/** The places in which a repository names programs that git runs. */
function gitPrograms(tree: string): string[] {
  const folder = findGitFolder(tree)
  if (folder === undefined) return []
  const common = commonFolder(folder.path)
  const modules = join(common, 'modules')
  const repositories = [
    common,
    folder.path,
    ...(existsSync(modules) ? readdirSync(modules).map((name) => join(modules, name)) : []),
  ]
  return [...new Set(repositories)].flatMap((path) =>
    ['hooks', 'config', 'config.worktree'].map((name) => join(path, name)),
  )
}
