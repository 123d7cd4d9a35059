import { relative } from 'node:path'
import type { KeyPart } from '../cache/content-key.ts'
import { readFileIds, type FileIds } from '../cache/file-ids.ts'
import { filesPart } from '../cache/files-part.ts'
import type { Stamped } from '../core/event.ts'
import type { Plan } from '../core/plan.ts'
import type { RunState } from '../core/run-state.ts'
import { isConfiguration } from '../worktree/unsafe-name.ts'

/** What is watched. */
export interface FileWatchOptions {
  readonly workspace: string
  /** What the runs of the repository share: no part of the work. */
  readonly root: string
  readonly plan: Plan
  readonly env: Readonly<Record<string, string>>
  readonly state: () => RunState
  readonly now: () => number
}

/** What is in the files of the repository, as the instances of a run find them. */
export interface FileWatch {
  /** What there is now; `anew` where it has to be later than the call. Rejects where git cannot tell. */
  read(anew?: boolean): Promise<FileIds>
  /**
   * The files that some filters let in; all of them where there are none. With them what CLIs of agents obey in the tree, where `obeying`, which no filter lets out.
   * Throws where there is no key for them.
   */
  part(ids: FileIds, filters: readonly string[] | undefined, obeying: boolean): KeyPart
  /** Whether the process of an instance can change files of the repository. */
  mayWrite(id: string): boolean
  take(event: Stamped): void
}

const configurations = new WeakMap<FileIds, readonly string[]>()

function configurationIn(ids: FileIds): readonly string[] {
  const found = configurations.get(ids) ?? ids.paths.filter(isConfiguration)
  configurations.set(ids, found)
  return found
}

/** So long what is known may be taken for what is there, while nothing of the run writes. */
const freshMs = 1000

/** Reads the files anew whenever they may have changed, and once for all that ask at the same time. */
export function watchFiles({ workspace, root, plan, env, state, now }: FileWatchOptions): FileWatch {
  const inside = relative(workspace, root).replaceAll('\\', '/')
  const { sarif } = plan.report
  const leave = [
    ...(inside === '' || inside.startsWith('..') ? [] : [`${inside}/`]),
    ...(sarif === undefined ? [] : [sarif.replace(/^\.\//, '')]),
  ]
  const parts = new WeakMap<FileIds, Map<string, KeyPart>>()
  const writers = new Set<string>()
  let reading: Promise<FileIds> | undefined
  let readAt = 0
  const mayWrite = (id: string): boolean => {
    const instance = state().instances.get(id)?.instance
    if (instance?.kind !== 'process') return false
    const { workspace: place, safety } = instance.process
    if (place.kind === 'worktree') return place.apply || place.group !== undefined
    return instance.pool !== 'agents' || (safety !== 'read-only' && safety !== 'manual')
  }
  return {
    read(anew = false) {
      if (anew || reading === undefined || writers.size > 0 || now() - readAt > freshMs) {
        readAt = now()
        const read = readFileIds({ workspace, env, leave })
        reading = read
        // What failed is tried again.
        read.catch(() => (reading = reading === read ? undefined : reading))
      }
      return reading
    },
    part(ids, filters, obeying) {
      const known = parts.get(ids) ?? new Map<string, KeyPart>()
      parts.set(ids, known)
      const name = filters === undefined ? '' : JSON.stringify([filters, obeying])
      const found = known.get(name) ?? filesPart(ids, filters, obeying ? configurationIn(ids) : [])
      known.set(name, found)
      return found
    },
    mayWrite,
    take(event) {
      if ((event.type !== 'attempt.started' && event.type !== 'attempt.ended') || !mayWrite(event.id)) return
      reading = undefined
      if (event.type === 'attempt.started') writers.add(event.id)
      else writers.delete(event.id)
    },
  }
}
