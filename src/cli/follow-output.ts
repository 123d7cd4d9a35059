import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { OutputFollower, PrintedLine } from '../core/output-follower.ts'
import { formatBytes } from '../report/quantities.ts'
import type { RunState } from '../core/run-state.ts'
import { readableTurns, showPlain, type ShowLine } from './readable-turns.ts'
import { tailFile, type FileTail } from './tail-file.ts'

/** One attempt whose logs are read along. */
interface Followed {
  readonly id: string
  readonly attempt: number
  /** Undefined until it is known how its output is shown. */
  show: ShowLine | undefined
  readonly tails: Map<string, FileTail>
  isOver: boolean
}

/** The logs of an attempt in the order in which they are shown; the agent that is asked to repair its answer has others. */
const streams = ['stdout', 'repair.stdout', 'stderr', 'repair.stderr'] as const

/** So many bytes of one log are shown at a look; of more, the last of them. */
const mostAtOnce = 1_048_576
const restShown = 16_384

/** Where a log is, from the run directory. */
const logName = ({ id, attempt }: Followed, stream: string): string => `logs/${id}.${attempt}.${stream}.log`

/**
 * Follows the logs in a run directory. `mask` hides secrets in lines as they are shown: the logs are masked, but a line of an agent's
 * protocol is decoded after that.
 */
export function followOutput(directory: string, mask: (text: string) => string): OutputFollower {
  const open = new Set<Followed>()
  const loading = new Set<Promise<unknown>>()

  function* linesOf(one: Followed): Generator<PrintedLine> {
    const { show } = one
    if (show === undefined) return
    for (const stream of streams) {
      const tail = tailOf(one, stream)
      if (tail === undefined) continue
      const shown = stream.endsWith('stdout') ? show : showPlain
      // Nobody reads so much, and what writes it would wait for who does not.
      if (tail.behind() > mostAtOnce) {
        const left = formatBytes(tail.skip(restShown))
        yield { id: one.id, text: `… ${left} left out, which are in ${logName(one, stream)}` }
      }
      for (const line of tail.next()) yield* textsOf(one, shown(line))
      const left = one.isOver ? tail.rest() : undefined
      if (left !== undefined) yield* textsOf(one, shown(left))
    }
    if (!one.isOver) return
    for (const tail of one.tails.values()) tail.close()
    open.delete(one)
  }

  function* textsOf({ id }: Followed, lines: readonly string[]): Generator<PrintedLine> {
    for (const line of lines) for (const text of mask(line).split(/\r\n|\r|\n/)) yield { id, text }
  }

  function tailOf(one: Followed, stream: string): FileTail | undefined {
    const known = one.tails.get(stream)
    if (known !== undefined) return known
    const path = join(directory, logName(one, stream))
    if (!existsSync(path)) return undefined
    const tail = tailFile(path)
    one.tails.set(stream, tail)
    return tail
  }

  function* next(): Generator<PrintedLine> {
    for (const one of open) yield* linesOf(one)
  }

  return {
    begin(id: string, attempt: number, state: RunState) {
      const show = readableTurns(state, id, attempt)
      const one: Followed = { id, attempt, show: undefined, tails: new Map(), isOver: false }
      open.add(one)
      if (typeof show === 'function') {
        one.show = show
        return
      }
      const loaded = show
        .then(
          (ready) => (one.show = ready),
          () => (one.show = showPlain),
        )
        .finally(() => loading.delete(loaded))
      loading.add(loaded)
    },
    next,
    *end(id) {
      for (const one of open) {
        if (one.id !== id) continue
        one.isOver = true
        yield* linesOf(one)
      }
    },
    async rest() {
      await Promise.all(loading)
      for (const one of open) one.isOver = true
      return next()
    },
    close() {
      for (const { tails } of open) for (const tail of tails.values()) tail.close()
      open.clear()
    },
  }
}
