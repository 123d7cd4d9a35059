import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessLimits } from '../core/instance.ts'
import { hasInterpreter } from './interpreter.ts'
import { isBelow } from './mark.ts'
import { monotonicMs } from './monotonic-time.ts'

/** A control group (cgroup v2) of one process tree. */
export interface ControlGroup {
  /** The file to which a process writes `0` to move itself in, with everything it will start. */
  readonly entrance: string
  /** Whether the kernel has killed members because the group was at its own limit of memory. */
  ranOutOfMemory(): boolean
  /** Kills every member, whatever became of its environment, group or session, removes the group, and tells how many there were. */
  remove(): Promise<number>
}

const prefix = 'orchestrator-'
/** How long a group whose members are still being buried is waited for. */
const giveUpAfterMs = 5000
/** What a kernel that does not account for swap has no file for. */
const swapLimit = 'memory.swap.max'

/**
 * A group that holds a tree to its limits of memory and cores; undefined when the limits ask for neither, or where we may not make one: that
 * takes cgroup v2, a parent that is ours and passes the controllers on (as a user's systemd session has, and most containers and hosted
 * runners have not), and the interpreter that programs enter it by.
 */
export function createControlGroup(name: string, limits: ProcessLimits): ControlGroup | undefined {
  const settings: Record<string, string> = {}
  if (limits.memoryBytes !== undefined) {
    settings['memory.max'] = String(limits.memoryBytes)
    settings['memory.oom.group'] = '1'
    settings[swapLimit] = '0'
  }
  if (limits.cpus !== undefined) settings['cpu.max'] = `${Math.max(1000, Math.round(limits.cpus * 100_000))} 100000`
  const controllers = new Set(Object.keys(settings).map((file) => file.slice(0, file.indexOf('.'))))
  if (controllers.size === 0 || !hasInterpreter()) return undefined
  for (const parent of parentGroups([...controllers])) {
    const group = createGroupIn(parent, name, settings)
    if (group !== undefined) return group
  }
  return undefined
}

/** Whether a program can be held to a share of cores here. */
export function canLimitCores(): boolean {
  return hasInterpreter() && parentGroups(['cpu']).length > 0
}

/** Makes a group below `parent` and writes its settings; undefined, and nothing left behind, when any of that fails. */
export function createGroupIn(
  parent: string,
  name: string,
  settings: Readonly<Record<string, string>>,
): ControlGroup | undefined {
  const path = join(parent, `${prefix}${name.replaceAll(/[^A-Za-z0-9.#-]/g, '_')}`)
  try {
    mkdirSync(path)
  } catch {
    return undefined
  }
  const isSet = Object.entries(settings).every(
    ([file, value]) => write(path, file, value) || (file === swapLimit && !existsSync(join(path, file))),
  )
  if (!isSet) {
    void removeGroup(path)
    return undefined
  }
  return {
    entrance: join(path, 'cgroup.procs'),
    ranOutOfMemory() {
      const events = readText(join(path, 'memory.events'))
      return /^oom [1-9]/m.test(events) && /^oom_kill [1-9]/m.test(events)
    },
    remove: () => removeGroup(path),
  }
}

/** Ends and removes the groups of the mark and below it that an orchestrator which was killed could not remove. */
export async function removeControlGroups(mark: string): Promise<void> {
  for (const parent of parentGroups([]))
    for (const name of groupsIn(parent))
      if (name.startsWith(prefix) && isBelow(name.slice(prefix.length), mark)) await removeGroup(join(parent, name))
}

/**
 * Paths of our own group and those above it where we may make groups and move processes, as far as they pass the controllers on to their
 * children. What is above a group of another orchestrator is not ours to use: its limits would hold no more.
 */
export function parentGroups(controllers: readonly string[]): string[] {
  const mount = /^\d+ \d+ \S+ (\S+) (\S+) .* - cgroup2 /m.exec(readText('/proc/self/mountinfo'))
  const own = /^0::(\/.*)$/m.exec(readText('/proc/self/cgroup'))?.[1]
  if (mount === null || own === undefined || own.startsWith('/..')) return []
  const [, mounted = '', top = ''] = mount
  const root = mounted === '/' ? '' : mounted
  if (!`${own}/`.startsWith(`${root}/`)) return []
  const parents: string[] = []
  const start = join(top, own.slice(root.length)).replace(/\/$/, '')
  for (let path = start; path.startsWith(top); path = dirname(path)) {
    const passedOn = readText(join(path, 'cgroup.subtree_control')).split(/\s+/)
    if (controllers.every((controller) => passedOn.includes(controller)) && isOurs(path)) parents.push(path)
    if (path === top || path === '/' || basename(path).startsWith(prefix)) break
  }
  return parents
}

function isOurs(path: string): boolean {
  try {
    for (const file of [path, join(path, 'cgroup.procs')]) accessSync(file, constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function removeGroup(path: string): Promise<number> {
  const members = countMembers(path)
  write(path, 'cgroup.kill', '1')
  const until = monotonicMs() + giveUpAfterMs
  for (let pauseMs = 1; !removeEmpty(path) && monotonicMs() < until; pauseMs = Math.min(50, pauseMs * 2))
    await delay(pauseMs)
  return members
}

function countMembers(path: string): number {
  const own = readText(join(path, 'cgroup.procs')).split('\n').length - 1
  return groupsIn(path).reduce((sum, name) => sum + countMembers(join(path, name)), own)
}

/** Removes a group and those that its members have made in it; false while there are members. */
function removeEmpty(path: string): boolean {
  for (const name of groupsIn(path)) removeEmpty(join(path, name))
  try {
    rmdirSync(path)
  } catch {
    return !existsSync(path)
  }
  return true
}

function groupsIn(path: string): string[] {
  try {
    const entries = readdirSync(path, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  } catch {
    return []
  }
}

function write(path: string, file: string, value: string): boolean {
  try {
    writeFileSync(join(path, file), value)
    return true
  } catch {
    return false
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
