import type { InstanceState, RunState } from '../core/run-state.ts'
import { describeSpending, layOutRows, renderConsoleRow } from './console-row.ts'
import type { ConsoleOptions } from './console-options.ts'
import { formatCount, formatDuration } from './quantities.ts'
import type { Style } from './style.ts'
import { cutToWidth, textWidth } from './text-width.ts'

/** The part of a terminal that is painted over and over, below lines that stay. */
export interface LiveBlock {
  /** Puts a line that stays above the block. */
  print(line: string, state: RunState): void
  /** An attempt of this instance runs. */
  started(id: string): void
  /** An instance ended; `line` says how, for when the block cannot hold all instances. */
  settle(id: string, line: string | undefined, state: RunState): void
  /** Something changed; paints unless it painted just now. */
  touch(state: RunState): void
  paint(state: RunState): void
  /** Leaves the last picture standing and gives the cursor back. */
  end(state: RunState): void
}

const hideCursor = '\u001B[?25l'
const showCursor = '\u001B[?25h'
/** Synchronized output (DEC mode 2026): terminals that know it show the picture at once, the others ignore it. */
const beginPicture = '\u001B[?2026h'
const endPicture = '\u001B[?2026l'
const clearLine = '\u001B[K'
const clearBelow = '\u001B[J'
const minPaintMs = 50

/** A live block that shows every instance while they fit, else those that run, with the ended ones above as lines that stay. */
export function createLiveBlock(options: ConsoleOptions, style: Style): LiveBlock {
  const active = new Set<string>()
  const settled: string[] = []
  let pending: string[] = []
  let paintedWidths: number[] = []
  let paintedAt = -Infinity
  let compact = false
  let known = 0
  let processes: InstanceState[] = []
  /** Groups that no member speaks for. */
  const groups: InstanceState[] = []
  let endedCount = 0

  const now = (state: RunState): number => options.now?.() ?? state.at
  const capacity = (): number => Math.max(1, (options.rows?.() ?? 24) - 2)

  const look = (state: RunState): void => {
    if (state.instances.size !== known) {
      known = state.instances.size
      processes = [...state.instances.values()].filter((at) => at.instance.kind === 'process')
    }
    if (!compact && processes.length > capacity()) {
      compact = true
      pending.push(...settled)
    }
  }

  const picture = (state: RunState, ended: boolean): string[] => {
    const columns = Math.max(20, options.columns() - 1)
    const room = capacity()
    let shown = compact ? [...active].flatMap((id) => state.instances.get(id) ?? []) : [...processes, ...groups]
    const hidden = Math.max(0, shown.length - room)
    if (hidden > 0) shown = shown.slice(0, room - 1)
    if (ended && compact) return []
    const layout = layOutRows(shown, columns)
    const lines = shown.map((at) => renderConsoleRow(at, now(state), layout, style))
    if (hidden > 0) lines.push(style.dim(cutToWidth(`  … and ${formatCount(hidden + 1)} more running`, columns)))
    if (!ended) lines.push(style.dim(cutToWidth(summaryOf(state), columns)))
    return lines
  }

  const summaryOf = (state: RunState): string => {
    const parts = [`${formatCount(endedCount)}/${formatCount(processes.length)} done`]
    if (active.size > 0) parts.push(`${formatCount(active.size)} running`)
    parts.push(formatDuration(now(state) - (state.started?.at ?? state.at)))
    const spending = describeSpending(compact ? [...active].flatMap((id) => state.instances.get(id) ?? []) : processes)
    if (spending !== '') parts.push(compact ? `running: ${spending}` : spending)
    if (state.interrupted !== undefined) parts.push('stopping')
    return `  ${parts.join(' · ')}`
  }

  const show = (state: RunState, ended: boolean): void => {
    look(state)
    const columns = Math.max(1, options.columns())
    const height = paintedWidths.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0)
    const lines = picture(state, ended)
    const up = height === 0 ? '\r' : `\r\u001B[${height}A`
    const above = pending.map((line) => `${line}\n`).join('')
    const cursor = ended ? showCursor : hideCursor
    const body = lines.map((line) => `${line}${clearLine}\n`).join('')
    options.write(
      `${beginPicture}${cursor}${up}${above === '' ? '' : clearBelow}${above}${body}${clearBelow}${endPicture}`,
    )
    pending = []
    paintedWidths = ended ? [] : lines.map((line) => textWidth(withoutStyle(line)))
    paintedAt = now(state)
  }

  return {
    print(line, state) {
      look(state)
      pending.push(line)
    },
    settle(id, line, state) {
      active.delete(id)
      if (line === undefined) return
      const at = state.instances.get(id)
      if (at?.instance.kind === 'group') groups.push(at)
      else endedCount++
      look(state)
      if (compact) pending.push(line)
      else settled.push(line)
    },
    touch(state) {
      if (now(state) - paintedAt >= minPaintMs) show(state, false)
    },
    started: (id) => void active.add(id),
    paint: (state) => show(state, false),
    end: (state) => show(state, true),
  }
}

function withoutStyle(line: string): string {
  // oxlint-disable-next-line no-control-regex -- our own colours
  return line.replaceAll(/\u001B\[\d+m/g, '')
}
