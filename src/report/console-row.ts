import { instanceAccounting, type InstanceState } from '../core/run-state.ts'
import { freeAccounting, sumAccounting, type Accounting } from '../core/usage.ts'
import { plainLine, withoutCommands } from '../core/plain-text.ts'
import {
  describeCost,
  describeDenials,
  formatCost,
  formatDuration,
  formatPlural,
  formatShortCount,
  isFree,
  promptTokens,
} from './quantities.ts'
import { countRepairs } from './report-model.ts'
import { standingOf, standingWords, type Standing } from './standing.ts'
import type { Style } from './style.ts'
import { cutToWidth, fitToWidth, textWidth } from './text-width.ts'

/** One sign of one column for each standing. */
export const consoleSigns: Readonly<Record<Standing, string>> = {
  success: '✓',
  failure: '✗',
  forgiven: '⚠',
  superseded: '↺',
  cancelled: '⊘',
  skipped: '–',
  running: '●',
  retrying: '↻',
  waiting: '·',
  interrupted: '⊘',
  unstarted: '·',
}

/** Colours a text as its standing deserves. */
export function paintStanding(standing: Standing, style: Style): (text: string) => string {
  switch (standing) {
    case 'success':
      return style.green
    case 'failure':
      return style.red
    case 'forgiven':
    case 'superseded':
    case 'running':
    case 'retrying':
      return style.yellow
    case 'cancelled':
    case 'skipped':
    case 'waiting':
    case 'interrupted':
    case 'unstarted':
    default:
      return style.dim
  }
}

/** `12.3k in 2.3k out · $0.12` over instances; nothing where no model is called; unknown and lower bounds said plainly. */
export function describeSpending(instances: readonly InstanceState[]): string {
  const accounting = sumAccounting(instances.map(instanceAccounting))
  if (isFree(accounting)) return ''
  const tokens = accounting.usage === null ? 'tokens unknown' : shortTokens(accounting)
  return `${tokens} · ${describeCost(accounting)}`
}

/** The columns that the rows of one picture share. */
export interface RowLayout {
  readonly columns: number
  readonly label: number
  /** Columns for tokens and for dollars; 0 where no instance is an agent, or there is no room. */
  readonly tokens: number
  readonly cost: number
}

const maxLabelWidth = 32
const elapsedWidth = 7
const tokensWidth = 19
const costWidth = 10
/** What is left for words before the columns of numbers give way. */
const minStateWidth = 18

/** Columns for these instances in a terminal of a width. */
export function layOutRows(instances: readonly InstanceState[], columns: number): RowLayout {
  const widest = instances.reduce((width, at) => Math.max(width, textWidth(safeLine(at.instance.label))), 6)
  const label = Math.min(widest, maxLabelWidth, Math.floor(columns / 2))
  const isSpending = instances.some(({ instance }) => instance.kind === 'process' && instance.pool === 'agents')
  const room = columns - label - elapsedWidth - 4 - minStateWidth
  const cost = isSpending && room >= costWidth ? costWidth : 0
  const tokens = cost > 0 && room >= costWidth + tokensWidth ? tokensWidth : 0
  return { columns, label, tokens, cost }
}

/** One instance in one line: sign, label, elapsed, tokens, cost, what it does or why it ended. */
export function renderConsoleRow(at: InstanceState, now: number, layout: RowLayout, style: Style): string {
  const standing = standingOf(at)
  const paint = paintStanding(standing, style)
  const elapsed = at.startedAt === undefined ? '' : formatDuration((at.endedAt ?? now) - at.startedAt)
  const spent = at.attempts.length === 0 ? freeAccounting : instanceAccounting(at)
  const isPending = at.status !== 'ended' && spent.costUsd === null
  const free = isFree(spent)
  const numbers = [fitToWidth(elapsed, elapsedWidth, 'right')]
  if (layout.tokens > 0) numbers.push(fitToWidth(free ? '' : shortTokens(spent), layout.tokens, 'right'))
  const cost = free || isPending ? '' : formatCost(spent)
  if (layout.cost > 0) numbers.push(fitToWidth(cost, layout.cost, 'right'))
  const head = `${paint(consoleSigns[standing])} ${style.bold(fitToWidth(safeLine(at.instance.label), layout.label))}`
  const used = 2 + layout.label + 1 + elapsedWidth + layout.tokens + layout.cost + 2
  const state = cutToWidth(describeState(at, standing), layout.columns - used)
  return `${head} ${style.dim(numbers.join(''))}  ${paint(state)}`.trimEnd()
}

function shortTokens({ usage, partial }: Accounting): string {
  if (usage === null) return 'unknown'
  return `${partial ? '≥ ' : ''}${formatShortCount(promptTokens(usage))} in ${formatShortCount(usage.output)} out`
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
      const repairing = attempt?.repaired === undefined ? '' : 'repairing its answer · '
      return `${again}${repairing}${who}${activity === '' ? '' : ` · ${activity}`}`
    }
    case 'retrying':
      return `attempt ${at.attempts.length} failed, trying again`
    default: {
      const verdict = standingWords(standing)
      const repairs = countRepairs(at.attempts)
      const tries = [
        at.attempts.length > 1 ? `${at.attempts.length} attempts` : '',
        repairs > 0 ? formatPlural(repairs, 'repair') : '',
      ].filter((part) => part !== '')
      const denials = attempt?.ended?.denials ?? 0
      const denied = denials > 0 ? ` · ${describeDenials(denials)}` : ''
      const reason = at.reason === '' || at.reason === standing ? '' : ` ${safeLine(at.reason)}`
      const detail = at.detail === '' ? '' : `: ${safeLine(at.detail)}`
      return `${verdict}${reason}${tries.length === 0 ? '' : ` after ${tries.join(' and ')}`}${denied}${detail}`
    }
  }
}

/** Foreign text as one line that neither a terminal nor the runner acts on. */
export function safeLine(text: string): string {
  return withoutCommands(plainLine(text))
}
