import type { PrintedLine } from '../core/output-follower.ts'
import { withoutCommands } from '../core/plain-text.ts'
import type { Reporter, ReporterEntry } from '../core/reporter.ts'
import type { RunState } from '../core/run-state.ts'
import { renderConsoleEnd } from './console-end.ts'
import { renderConsoleLine, renderEnded } from './console-lines.ts'
import { createLiveBlock } from './console-live.ts'
import { safeLine } from './console-row.ts'
import type { ConsoleOptions } from './console-options.ts'
import type { ReportModel } from './report-model.ts'
import type { RunReporting } from './run-reporting.ts'
import { createStyle } from './style.ts'

/** The console of a run that people look on. */
export const consoleReporter: ReporterEntry<RunReporting, ReportModel> = {
  name: 'console',
  when: (run) => run.console !== undefined,
  create: (run) => createConsoleReporter(run.console ?? silent),
}

const silent: ConsoleOptions = { write: () => {}, interactive: false, columns: () => 80, quiet: true }

/** Shows a run while it goes on: one line per instance in place on a terminal, plain lines elsewhere; failures and totals at the end. */
export function createConsoleReporter(options: ConsoleOptions): Reporter<ReportModel> {
  const style = createStyle(options.colour ?? false)
  const live = options.interactive && !options.quiet ? createLiveBlock(options, style) : undefined
  let current: RunState | undefined
  let finished = false

  const { follower } = options

  const showPrinted = (lines: Iterable<PrintedLine>, state: RunState): void => {
    for (const { id, text } of lines) {
      const line = `${style.dim(`${safeLine(id)}:`)} ${withoutCommands(text)}`
      if (live === undefined) options.write(`${line}\n`)
      else live.print(line, state)
    }
  }

  const finish = (state: RunState, report: ReportModel): void => {
    if (finished) return
    finished = true
    live?.end(state)
    options.write(renderConsoleEnd(report, style, options.answers ?? true))
  }

  return {
    name: 'console',
    onEvent(event, state) {
      current = state
      if (finished || options.quiet) return
      if (event.type === 'attempt.ended' && follower !== undefined) showPrinted(follower.end(event.id), state)
      if (live === undefined) {
        const line = renderConsoleLine(event, state, style)
        if (line !== undefined) options.write(`${line}\n`)
        if (event.type === 'attempt.started') follower?.begin(event.id, event.attempt, state)
        return
      }
      const isRowMatter = event.type === 'attempt.started' || event.type === 'instance.retrying'
      if (event.type === 'attempt.started') {
        live.started(event.id)
        follower?.begin(event.id, event.attempt, state)
      }
      if (event.type === 'instance.ended') live.settle(event.id, renderEnded(event.id, state, style), state)
      else if (!isRowMatter) {
        const line = renderConsoleLine(event, state, style)
        if (line !== undefined) live.print(line, state)
        if (event.type === 'run.interrupted') live.print(style.dim('(press again to kill it at once)'), state)
      }
      live.touch(state)
    },
    async onEnd(state, _signal, report) {
      if (follower !== undefined) showPrinted(await follower.rest(), state)
      finish(state, report)
      return undefined
    },
    ...((live ?? follower) && {
      refresh() {
        if (current === undefined || finished) return
        if (follower !== undefined) showPrinted(follower.next(), current)
        live?.paint(current)
      },
    }),
    close() {
      if (current !== undefined && !finished) live?.end(current)
      finished = true
      follower?.close()
    },
  }
}
