import { startChild } from './child.ts'
import { createForkServer, type ForkServer, type LostWhile } from './fork-server.ts'
import { hasInterpreter } from './interpreter.ts'
import { hasProc } from './proc.ts'
import type { StartChild } from './spawn.ts'

/** Starts programs by the cheapest means there is. */
export interface Starter {
  readonly start: StartChild
  /** As `start`, by a fork server that starts nothing else: for what ran when one was lost, and may be what killed it. */
  readonly startApart: StartChild
  /** Kills what programs left behind and lets go of what was kept for starting others. */
  close(): Promise<void>
}

/** After so many lost fork servers we start programs ourselves. */
const mostLost = 8

/**
 * A starter for one run. To start a program, Node has its own process copied, page table by page table: 1 ms in a small one, 5 ms in one of
 * 100 MB. A fork server is a process of a few megabytes that does it for us in a third of a millisecond, on another core and whatever we have
 * grown to; and it finds what a program leaves behind, because it is its parent then. What goes into a control group, which finds that as well,
 * is always started by ourselves, and so is everything where there is no Linux or no Perl. `onLost` is told of a fork server that was killed
 * while programs ran. Without `mayFork` there is none. The first one locks our `claims`.
 */
export function createStarter(
  mark: string,
  onLost: () => void,
  mayFork = true,
  claims: readonly number[] = [],
): Starter {
  const servers = new Set<ForkServer>()
  let common: ForkServer | undefined
  let isAble = mayFork ? undefined : false
  let lost = 0

  const open = (): ForkServer | undefined => {
    isAble ??= hasInterpreter() && hasProc()
    if (!isAble) return undefined
    const lose = (doing: LostWhile): void => {
      if (server !== undefined) servers.delete(server)
      if (common === server) common = undefined
      if (doing === 'starting' || ++lost >= mostLost) isAble = false
      if (doing === 'busy') onLost()
    }
    let server: ForkServer | undefined
    try {
      server = createForkServer(mark, lose, servers.size === 0 && lost === 0 ? claims : [])
      servers.add(server)
    } catch {
      isAble = false
    }
    return server
  }

  // It gets ready while the run does.
  common = open()
  return {
    async start(spawn, childMark, group) {
      if (group !== undefined) return startChild(spawn, childMark, group)
      for (;;) {
        const server = (common ??= open())
        const answer = await server?.start(spawn, childMark)
        if (answer !== undefined) return answer
        // One that was lost has a successor.
        if (server === undefined || server === common) return startChild(spawn, childMark)
      }
    },
    async startApart(spawn, childMark, group) {
      const server = group === undefined ? open() : undefined
      const answer = await server?.start(spawn, childMark)
      if (server === undefined || answer === undefined) return startChild(spawn, childMark, group)
      const close = (): void => {
        servers.delete(server)
        void server.close()
      }
      if ('error' in answer) close()
      else answer.onEnd(close)
      return answer
    },
    async close() {
      isAble = false
      await Promise.all([...servers].map((server) => server.close()))
    },
  }
}
