import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { ProcessLimits } from '../core/instance.ts'

/** A control group (cgroup v2) of one process tree. */
export interface ControlGroup {
  /** Moves a process in, with everything it will start; false when the kernel refuses. */
  join(pid: number): boolean
  /** Whether the kernel has killed members because the group was at its memory limit. */
  ranOutOfMemory(): boolean
  /** Kills every member, whatever became of its environment, group or session, and removes the group. */
  remove(): Promise<void>
}

/** Tries at removing a group whose members are still being buried. */
const removeTries = 20

/**
 * A group that holds a tree to its limits of memory and cores; undefined when the limits ask for neither, or where we may not make one: that
 * takes cgroup v2 and a parent that is ours and passes the controllers on, as a user's systemd session has and most containers and
 * hosted runners have not.
 */
export function createControlGroup(name: string, limits: ProcessLimits): ControlGroup | undefined {
  const settings: Record<string, string> = {}
  if (limits.memoryBytes !== undefined) {
    settings['memory.max'] = String(limits.memoryBytes)
    settings['memory.oom.group'] = '1'
  }
  if (limits.cpus !== undefined) settings['cpu.max'] = `${Math.max(1000, Math.round(limits.cpus * 100_000))} 100000`
  const controllers = new Set(Object.keys(settings).map((file) => file.slice(0, file.indexOf('.'))))
  if (controllers.size === 0) return undefined
  const parents = parentGroups([...controllers])
  for (const parent of parents) {
    const group = createGroupIn(parent, name, settings)
    if (group !== undefined) return group
  }
  return undefined
}

/** Whether a parent passes on what a share of cores needs; that we may write there shows when a group is made. */
export function canLimitCores(): boolean {
  return parentGroups(['cpu']).length > 0
}

/** Makes a group below `parent` and writes its settings; undefined, and nothing left behind, when any of that fails. */
export function createGroupIn(
  parent: string,
  name: string,
  settings: Readonly<Record<string, string>>,
): ControlGroup | undefined {
  const path = join(parent, `orchestrator-${name.replaceAll(/[^A-Za-z0-9.-]/g, '_')}`)
  const write = (file: string, value: string): boolean => {
    try {
      writeFileSync(join(path, file), value)
      return true
    } catch {
      return false
    }
  }
  try {
    mkdirSync(path)
  } catch {
    return undefined
  }
  const group: ControlGroup = {
    join: (pid) => write('cgroup.procs', String(pid)),
    ranOutOfMemory: () => /^oom_kill [1-9]/m.test(readText(join(path, 'memory.events'))),
    async remove() {
      write('cgroup.kill', '1')
      for (let left = removeTries; left > 0; left--)
        try {
          rmdirSync(path)
          return
        } catch {
          await delay(10)
        }
    },
  }
  if (Object.entries(settings).every(([file, value]) => write(file, value))) return group
  void group.remove()
  return undefined
}

/** Paths of our own group and those above it, as far as they pass the controllers on to their children. */
export function parentGroups(controllers: readonly string[]): string[] {
  const mount = /^\d+ \d+ \S+ (\S+) (\S+) .* - cgroup2 /m.exec(readText('/proc/self/mountinfo'))
  const own = /^0::(\/.*)$/m.exec(readText('/proc/self/cgroup'))?.[1]
  if (mount === null || own === undefined || own.startsWith('/..')) return []
  const [, root = '/', top = ''] = mount
  const parents: string[] = []
  const start = join(top, root !== '/' && own.startsWith(root) ? own.slice(root.length) : own).replace(/\/$/, '')
  for (let path = start; path.startsWith(top); path = dirname(path)) {
    const passedOn = readText(join(path, 'cgroup.subtree_control')).split(/\s+/)
    if (controllers.every((controller) => passedOn.includes(controller))) parents.push(path)
    if (path === top || path === '/') break
  }
  return parents
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
