import type { InstanceState } from '../core/run-state.ts'
import type { Accounting } from '../core/usage.ts'
import { plainLine, withoutCommands } from './plain-text.ts'
import { formatDollars, formatDuration, formatShortCount } from './quantities.ts'
import type { Standing } from './report-model.ts'
import type { Style } from './style.ts'
import { accountingOf } from './sum-accounting.ts'
import { cutToWidth, fitToWidth } from './text-width.ts'

/** One sign of one column for each standing. */
export const consoleSigns: Readonly<Record<Standing, string>> = {
  success: '✓',
  failure: '✗',
  cancelled: '⊘',
  skipped: '–',
  running: '●',
  retrying: '↻',
  waiting: '·',
}

/** Where an instance stands now. */
export function standingOf(at: InstanceState): Standing {
  return at.status === 'ended' ? (at.result ?? 'failure') : at.status
}

/** Colours a text as its standing deserves. */
export function paintStanding(standing: Standing, style: Style): (text: string) => string {
  switch (standing) {
    case 'success':
      return style.green
    case 'failure':
      return style.red
    case 'running':
    case 'retrying':
      return style.yellow
    case 'cancelled':
    case 'skipped':
    case 'waiting':
      return style.dim
  }
}

/** `12.3k tokens · $0.12`; nothing for a process that calls no model; unknown and lower bounds said plainly. */
export function describeSpending(accounting: Accounting): string {
  const { usage, costUsd, costSource, partial } = accounting
  if (costSource === 'none' && !partial) return ''
  const bound = partial ? '≥ ' : ''
  const tokens =
    usage === null
      ? 'tokens unknown'
      : `${bound}${formatShortCount(usage.input + usage.cacheRead + usage.cacheWrite)} in, ${formatShortCount(usage.output)} out`
  return `${tokens} · ${costUsd === null ? 'cost unknown' : `${bound}${formatDollars(costUsd)}`}`
}

/** One instance in one line of at most `columns` columns: sign, label, standing and why, elapsed, tokens, cost. */
export function renderConsoleRow(
  at: InstanceState,
  now: number,
  columns: number,
  labelWidth: number,
  style: Style,
): string {
  const standing = standingOf(at)
  const paint = paintStanding(standing, style)
  const elapsed = at.startedAt === undefined ? '' : formatDuration((at.endedAt ?? now) - at.startedAt)
  const head = `${paint(consoleSigns[standing])} ${style.bold(fitToWidth(safeLine(at.instance.label), labelWidth))}`
  const time = fitToWidth(elapsed, 7, 'right')
  const spending = at.attempts.length === 0 ? '' : describeSpending(accountingOf(at))
  const room = columns - labelWidth - 11
  const words = [cutToWidth(describeState(at, standing), room)]
  if (spending !== '' && room > spending.length + 12) words[0] = cutToWidth(words[0] ?? '', room - spending.length - 2)
  const state = room > 0 ? paint(words[0] ?? '') : ''
  const rest = spending !== '' && room > spending.length + 12 ? `  ${style.dim(spending)}` : ''
  return `${head} ${style.dim(time)} ${state}${rest}`.trimEnd()
}

/** What an instance does, or why it ended as it did, in one line. */
export function describeState(at: InstanceState, standing: Standing): string {
  const attempt = at.attempts.at(-1)
  switch (standing) {
    case 'waiting':
      return 'waiting'
    case 'running': {
      const who = [attempt?.started?.runtime ?? '', attempt?.model ?? ''].filter((part) => part !== '').join(' ')
      const again = at.attempts.length > 1 ? `attempt ${at.attempts.length} · ` : ''
      const activity = safeLine(attempt?.activity ?? '')
      return `${again}${who}${activity === '' ? '' : ` · ${activity}`}`
    }
    case 'retrying':
      return `attempt ${at.attempts.length} failed, trying again`
    default: {
      const forgiven = at.result === 'success' && at.outcome === 'failure'
      const verdict = forgiven ? 'success (failure forgiven)' : standing
      const tries = at.attempts.length > 1 ? ` after ${at.attempts.length} attempts` : ''
      const reason = at.reason === '' || at.reason === standing ? '' : ` ${at.reason}`
      const detail = at.detail === '' ? '' : `: ${safeLine(at.detail)}`
      return `${verdict}${reason}${tries}${detail}`
    }
  }
}

/** Foreign text as one line that neither a terminal nor the runner acts on. */
export function safeLine(text: string): string {
  return withoutCommands(plainLine(text))
}
