import type { Reporter } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { renderConsoleEnd } from './console-end.ts'
import { renderConsoleLine, renderEnded } from './console-lines.ts'
import { createLiveBlock } from './console-live.ts'
import type { ConsoleOptions } from './console-options.ts'
import { createStyle } from './style.ts'

/** A reporter for people at a console. `refresh` repaints elapsed times; call it some times a second while interactive. */
export interface ConsoleReporter extends Reporter {
  refresh(): void
  /** Gives the terminal back if the end was never reached. */
  close(): void
}

/** Shows a run while it goes on: one line per instance in place on a terminal, plain lines elsewhere; failures and totals at the end. */
export function createConsoleReporter(options: ConsoleOptions): ConsoleReporter {
  const style = createStyle(options.colour ?? false)
  const live = options.interactive && !options.quiet ? createLiveBlock(options, style) : undefined
  let current: RunState | undefined
  let finished = false

  const finish = (state: RunState): void => {
    if (finished) return
    finished = true
    live?.end(state)
    options.write(renderConsoleEnd(state, style, options.answers ?? true))
  }

  return {
    name: 'console',
    onEvent(event, state) {
      current = state
      if (finished || options.quiet) return
      if (live === undefined) {
        const line = renderConsoleLine(event, state, style)
        if (line !== undefined) options.write(`${line}\n`)
        return
      }
      const isRowMatter = event.type === 'attempt.started' || event.type === 'instance.retrying'
      if (event.type === 'attempt.started') live.started(event.id)
      if (event.type === 'instance.ended') live.settle(event.id, renderEnded(event.id, state, style), state)
      else if (!isRowMatter) {
        const line = renderConsoleLine(event, state, style)
        if (line !== undefined) live.print(line, state)
        if (event.type === 'run.interrupted') live.print(style.dim('(press again to kill it at once)'), state)
      }
      live.touch(state)
    },
    onEnd(state) {
      finish(state)
      return Promise.resolve(undefined)
    },
    refresh() {
      if (current !== undefined && !finished) live?.paint(current)
    },
    close() {
      if (current !== undefined && !finished) live?.end(current)
      finished = true
    },
  }
}
