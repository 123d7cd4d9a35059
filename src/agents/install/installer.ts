import { createHash, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { PackageStore } from '../../core/package-store.ts'
import type { Refusal } from '../../core/refusal.ts'
import { messageOf } from '../../core/message-of.ts'
import { plainLine } from '../../core/plain-text.ts'
import { createProgramFinder } from '../../process/find-program.ts'
import { type Hold, holdDirectory } from '../../process/hold.ts'
import { monotonicMs } from '../../process/monotonic-time.ts'
import { startOf } from '../../process/npm-shim.ts'
import { removeTree } from '../../process/remove-tree.ts'
import { userCacheDirectory } from '../../process/user-cache.ts'
import { installedVersion } from './installed-version.ts'
import { runProgram } from '../../process/run-program.ts'
import type { Agent, Package } from '../agent.ts'
import { commonEnvironment } from '../environment.ts'
import { lockKey, lockPath, packageJsonOf, packageLockOf, readLock, type LockEntry } from './lock-file.ts'
import { type Npm, runNpm } from './npm.ts'

/** Programs of exact versions, found or installed. */
export interface Installer {
  /** Settles when the agent's program is there in the version wanted, or with why it is not. Asked for several times, it is installed once. */
  ready(agent: Installable): Promise<string | undefined>
  /** The path of a program that is ready; undefined for one that no version is wanted of. */
  path(program: string): string | undefined
  /** The folder that such a program was installed into; undefined where it was found. */
  place(program: string): string | undefined
  /** Ends what is being installed, and settles once nothing of it is left. */
  close(): Promise<void>
}

/** What is looked for and installed: an agent's CLI, or a program of ours. */
export type Installable = Pick<Agent, 'name' | 'program' | 'versionArgs' | 'package'>

/** What an installer is given. */
export interface InstallerOptions {
  readonly store?: PackageStore | undefined
  /** Exact versions by runtime. */
  readonly versions: Readonly<Record<string, string>>
  /** The text of the repository's lock file, or why it cannot be read; undefined where there is none. */
  readonly lock: string | Refusal | undefined
  /** The orchestrator's own environment. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Told what the user should know, a sentence each. */
  readonly note: (level: 'notice' | 'warning', message: string) => void
}

const versionTimeoutMs = 20_000
const pollMs = 200
/** After it another process that installs the same is no longer waited for: of two the first to finish stays. */
const longestWaitMs = 10 * 60_000

/**
 * Looks for programs on the PATH, then where they were installed before, and installs what is missing from npm: with the integrity that the lock
 * file has, without running scripts but those a CLI cannot do without.
 */
export function createInstaller({ versions, lock, environment, note, store }: InstallerOptions): Installer {
  const find = createProgramFinder(environment['PATHEXT'])
  const found = new Map<string, { readonly path: string; readonly place?: string }>()
  const asked = new Map<string, Promise<string | undefined>>()
  const ending = new AbortController()
  const onPath = (program: string): string | undefined => find(program, environment['PATH'] ?? environment['Path'])

  const askVersion = async (path: string, args: readonly string[]): Promise<string | undefined> => {
    const env = commonEnvironment(environment)
    const { code, stdout } = await runProgram([...startOf(path), ...args], {
      cwd: dirname(path),
      env,
      timeoutMs: versionTimeoutMs,
      abort: ending.signal,
    })
    return code === 0 ? /\d+\.\d+\.\d+(?:-[\w.-]+)?/.exec(stdout)?.[0] : undefined
  }

  const provide = async (agent: Installable, from: Package, version: string): Promise<string | undefined> => {
    const { program, versionArgs, name } = agent
    if (version !== from.version && from.otherVersions?.includes(version) !== true)
      note(
        'notice',
        `${name} ${version} is not the version this orchestrator is tested with, which is ${from.version}.`,
      )
    const present = onPath(program)
    if (present !== undefined) {
      const its = installedVersion(present, from.npm) ?? (await askVersion(present, versionArgs))
      if (its === version) {
        found.set(program, { path: present })
        return undefined
      }
    }
    const locked = lock === undefined ? { entries: {} } : typeof lock === 'string' ? readLock(lock) : lock
    if ('mistake' in locked) return locked.hint === undefined ? locked.mistake : `${locked.mistake}; ${locked.hint}`
    const entry = locked.entries[lockKey(name, version)]
    if (entry !== undefined && entry.npm !== from.npm)
      return `${lockPath} has ${entry.npm} for ${lockKey(name, version)}, which is ${from.npm}`
    let place: string
    try {
      place = placeOf(from, version, entry, environment)
    } catch (error) {
      return `${name} ${version} cannot be installed: ${messageOf(error)}`
    }
    const path = join(place, 'node_modules', '.bin', process.platform === 'win32' ? `${program}.cmd` : program)
    const wasThere = existsSync(path)
    if (!wasThere) {
      const npm = onPath('npm')
      if (npm === undefined)
        return `${name} ${version} is not installed, and there is no npm on the PATH to install it with`
      if (entry === undefined)
        note(
          'warning',
          `${name} ${version} is installed without a lock, so nothing proves that it is unchanged. Run \`orchestrator runtimes lock\` and commit ${lockPath}.`,
        )
      const problem = await alone(place, ending.signal, async () => {
        if (existsSync(path)) return undefined
        const began = monotonicMs()
        const failed = await install(
          from,
          version,
          entry,
          place,
          { path: npm, environment, abort: ending.signal },
          store,
        )
        if (failed === undefined)
          note('notice', `Installed ${name} ${version} in ${((monotonicMs() - began) / 1000).toFixed(1)} s: ${place}`)
        return failed
      })
      if (problem !== undefined) return `${name} ${version} could not be installed: ${problem}`
    }
    const its = wasThere ? installedVersion(path, from.npm) : await askVersion(path, versionArgs)
    if (its !== version) return `${path} says that it is ${its ?? 'nothing'}, not ${version}: remove ${place}`
    found.set(program, { path, place })
    return undefined
  }

  return {
    ready(agent) {
      const version = versions[agent.name]
      if (version === undefined || agent.package === undefined) return Promise.resolve(undefined)
      const earlier = asked.get(agent.name)
      if (earlier !== undefined) return earlier
      const providing = provide(agent, agent.package, version).catch((error: unknown) => plainLine(messageOf(error)))
      asked.set(agent.name, providing)
      return providing
    },
    path: (program) => found.get(program)?.path,
    place: (program) => found.get(program)?.place,
    async close() {
      ending.abort()
      await Promise.all(asked.values())
    },
  }
}

/**
 * Where a version is kept: in the runner's tool cache, else in the user's. What a lock stands for has a place of its own: what was installed without
 * it, or by another one, is none of it.
 */
function placeOf(
  { npm }: Package,
  version: string,
  entry: LockEntry | undefined,
  environment: InstallerOptions['environment'],
): string {
  const digest = entry === undefined ? 'unlocked' : createHash('sha256').update(JSON.stringify(entry)).digest('hex')
  const name = npm.replaceAll(/[^\w.-]+/g, '-').replace(/^-/, '')
  return join(cacheRoot(environment), name, version, `${process.platform}-${process.arch}-${digest.slice(0, 16)}`)
}

function cacheRoot(environment: InstallerOptions['environment']): string {
  const tools = environment['RUNNER_TOOL_CACHE']
  if (tools) return join(tools, 'orchestrator')
  return join(userCacheDirectory(environment), 'orchestrator', 'runtimes')
}

/** What this process does at a place now: a hold keeps other processes away, not ourselves. */
const underWay = new Map<string, Promise<unknown>>()

/** Does the work while nobody else does it for the same place. */
async function alone<T>(place: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const before = underWay.get(place)
  const own = (before ?? Promise.resolve()).catch(() => {}).then(() => aloneHere(place, signal, work))
  underWay.set(place, own)
  try {
    return await own
  } finally {
    if (underWay.get(place) === own) underWay.delete(place)
  }
}

async function aloneHere<T>(place: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const turn = `${place}.turn`
  mkdirSync(turn, { recursive: true })
  const hold = await takeTurn(turn, signal)
  try {
    return await work()
  } finally {
    hold?.release()
  }
}

async function takeTurn(turn: string, signal: AbortSignal): Promise<Hold | undefined> {
  const until = monotonicMs() + longestWaitMs
  while (monotonicMs() < until && !signal.aborted) {
    const hold = holdDirectory(turn)
    if (!('heldBy' in hold)) return hold
    // Two that begin together both give way: not for equally long.
    await delay(pollMs + randomInt(pollMs), undefined, { signal }).catch(() => {})
  }
  return undefined
}

/** Installs into a folder beside the place and moves it there when it is whole. */
async function install(
  from: Package,
  version: string,
  entry: LockEntry | undefined,
  place: string,
  npm: Npm,
  store: PackageStore | undefined,
): Promise<string | undefined> {
  await removeDrafts(place)
  const draft = mkdtempSync(`${place}.`)
  try {
    writeFileSync(join(draft, 'package.json'), packageJsonOf(from, version))
    const problem =
      (entry === undefined
        ? await runNpm(['install', '--ignore-scripts'], draft, npm)
        : await installLocked(draft, place, entry, version, npm, store)) ??
      (from.needsScripts === true
        ? await runNpm(['rebuild', from.npm, '--ignore-scripts=false'], draft, npm)
        : undefined)
    if (problem !== undefined) return problem
    try {
      renameSync(draft, place)
    } catch (error) {
      if (!existsSync(place)) throw error
    }
    return undefined
  } finally {
    await removeTree(draft)
  }
}

/** Exactly what the lock says, from the store where that has it, which is filled where it has not. */
async function installLocked(
  draft: string,
  place: string,
  entry: LockEntry,
  version: string,
  npm: Npm,
  store: PackageStore | undefined,
): Promise<string | undefined> {
  const clean = (withAddresses: boolean, ...args: string[]): Promise<string | undefined> => {
    writeFileSync(join(draft, 'package-lock.json'), packageLockOf(entry, version, withAddresses))
    return runNpm(['ci', '--ignore-scripts', ...args], draft, npm)
  }
  if (store === undefined) return clean(false)
  const packages = `${place}.npm`
  const key = `orchestrator-${place.split(/[\\/]/).slice(-3).join('-')}`
  if (await store.restore(packages, key)) {
    const problem = await clean(true, '--offline', '--cache', packages)
    await removeTree(packages)
    // What was kept may be damaged, or not be what it was: npm says so, and the registry is asked.
    return problem === undefined ? undefined : clean(false)
  }
  const problem = await clean(false, '--cache', packages)
  if (problem === undefined) void store.save(packages, key).finally(() => removeTree(packages))
  else await removeTree(packages)
  return problem
}

/** What an orchestrator left that was killed while it installed. */
async function removeDrafts(place: string): Promise<void> {
  const folder = dirname(place)
  const isDraft = (name: string): boolean => name.startsWith(`${basename(place)}.`) && /\.\w{6}$/.test(name)
  for (const name of readdirSync(folder)) if (isDraft(name)) await removeTree(join(folder, name))
}
