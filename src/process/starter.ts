import { startChild } from './child.ts'
import { createForkServer, type ForkServer } from './fork-server.ts'
import { hasInterpreter } from './interpreter.ts'
import type { StartChild } from './spawn.ts'

/** Starts programs by the cheapest means there is. */
export interface Starter {
  readonly start: StartChild
  /** Lets go of what was kept for starting others. */
  close(): void
}

/** So many programs are started directly; a run of more is worth the few milliseconds of a fork server. */
const firstStarts = 8

/**
 * A starter for one run, which will start about as many programs as are expected. To start a program, Node has its own process copied, page
 * table by page table: 1 ms in a small one, 5 ms in one of 100 MB. A fork server is a process of a few megabytes that does it for us in a third of
 * a millisecond, on another core and whatever we have grown to.
 * What reads its input from us or goes into a control group is always started by ourselves, and so is everything where there is no Linux
 * or no Perl.
 */
export function createStarter(mark: string, expected: number): Starter {
  let server: ForkServer | undefined
  let isAble: boolean | undefined
  let starts = 0

  const open = (): void => {
    isAble ??= hasInterpreter()
    if (!isAble || server !== undefined) return
    const lose = (): void => {
      isAble = false
      server = undefined
    }
    try {
      server = createForkServer(mark, lose)
    } catch {
      lose()
    }
  }

  if (expected > firstStarts) open()
  return {
    start(spawn, childMark, group) {
      if (spawn.stdin !== undefined || group !== undefined) return startChild(spawn, childMark, group)
      if (++starts > firstStarts) open()
      if (server === undefined) return startChild(spawn, childMark)
      return server.start(spawn, childMark).then((answer) => answer ?? startChild(spawn, childMark))
    },
    close() {
      isAble = false
      server?.close()
    },
  }
}
