import { cleansUp } from '../core/edges.ts'
import type { RunInterrupted, Stamped } from '../core/event.ts'
import type { GroupInstance } from '../core/instance.ts'
import type { InstanceState, RunState } from '../core/run-state.ts'
import { unreachable } from '../core/unreachable.ts'
import { describeRestored } from './restored-words.ts'
import { detailOf, reasonOf } from '../core/failure.ts'
import { consoleSigns, describeSpending, describeState, paintStanding, safeLine } from './console-row.ts'
import { standingOf } from './standing.ts'
import { formatDuration, formatPlural } from './quantities.ts'
import type { Style } from './style.ts'

/** What an event is to someone who reads a log: one line, or nothing. */
export function renderConsoleLine(event: Stamped, state: RunState, style: Style): string | undefined {
  switch (event.type) {
    case 'run.started': {
      const count = event.plan.instances.filter((instance) => instance.kind === 'process').length
      const simulated = event.simulated ? ', simulated: no model is called' : ''
      return `${style.bold(safeLine(event.plan.name))}: ${formatPlural(count, 'instance')}${simulated}`
    }
    case 'run.resumed':
      return `resumed${event.only === undefined ? '' : ': what was named runs again'}${event.changed.length === 0 ? '' : ` although changed: ${safeLine(event.changed.join(', '))}`}`
    case 'run.interrupted':
      return style.yellow(describeInterruption(event, state))
    case 'run.paused':
    case 'run.unpaused':
      return `${event.type === 'run.paused' ? 'paused' : 'resumed'}${event.id === null ? '' : ` ${safeLine(event.id)}`}`
    case 'plan.expanded':
      if (event.round !== undefined) return `${style.cyan('↺')} ${safeLine(event.group)}: round ${event.round} begins`
      return `${style.cyan('+')} ${safeLine(event.group)} became ${formatPlural(event.members.length, 'instance')}`
    case 'attempt.started': {
      const who = [event.runtime, event.model ?? ''].filter((part) => part !== '').join(' ')
      const attempt = event.attempt > 1 ? `, attempt ${event.attempt}` : ''
      return `${style.cyan('▸')} ${style.bold(labelOf(state, event.id))} started (${safeLine(who)}${attempt})`
    }
    case 'attempt.repairing':
      return `${style.yellow(consoleSigns.retrying)} ${style.bold(labelOf(state, event.id))} was asked to repair its answer (${safeLine(event.why)})`
    case 'instance.retrying': {
      const failure = state.instances.get(event.id)?.attempts.at(-1)?.ended?.failure
      const detail = failure === undefined || failure === null ? '' : detailOf(failure)
      const reason = failure === undefined || failure === null ? event.why : reasonOf(failure)
      const wait = event.dueAt - event.at
      const why = `${safeLine(reason)}${detail === '' ? '' : `: ${safeLine(detail)}`}`
      return `${style.yellow(consoleSigns.retrying)} ${style.bold(labelOf(state, event.id))} attempt ${event.attempt} ${wait < 50 ? 'now' : `in ${formatDuration(wait)}`} (${why})`
    }
    case 'instance.ended':
      return renderEnded(event.id, state, style)
    case 'budget.warned':
    case 'budget.exceeded':
      return style.yellow(
        `budget ${budgetName(event.scope, state)} ${event.type === 'budget.warned' ? 'nearly used up' : `used up: ${event.action}`}`,
      )
    case 'provider.throttled':
      return style.yellow(`${safeLine(event.provider)}: at most ${event.limit} at once (${safeLine(event.why)})`)
    case 'notice': {
      const about = event.id === undefined ? '' : `${safeLine(event.id)}: `
      return `${event.level === 'warning' ? style.yellow('warning') : style.cyan('notice')}: ${about}${safeLine(event.message)}`
    }
    case 'run.ended':
    case 'budget.carried':
    case 'fragments.taken':
    case 'instance.cancelled':
    case 'edge.decided':
    case 'attempt.progress':
    case 'attempt.ended':
    case 'instance.restored':
    case 'instance.missed':
    case 'effect.started':
    case 'report.delivered':
    case 'report.failed':
    case 'timer.fired':
      return undefined
    default:
      return unreachable(event)
  }
}

function describeInterruption({ cause, by, how }: RunInterrupted, state: RunState): string {
  const isLate = cause === 'run-timeout' && how === undefined
  const why = isLate ? 'the run reached its time limit' : `interrupted by ${safeLine(by)}`
  if (how === 'kill') return `${why}: killing what is running`
  if (how === 'stop') return `${why}: stopping the cleanup`
  const open = [...state.instances.values()].filter(({ status }) => status !== 'ended')
  const entrances = [...open.map(({ instance }) => instance), ...state.gates.values()]
  const isCleaning = entrances.some((instance) => instance.kind !== 'group' && cleansUp(instance))
  return `${why}: stopping what is running${isCleaning ? ', except the cleanup' : ''}`
}

/** The one line of an instance that ended; undefined for a group whose members have said it all. */
export function renderEnded(id: string, state: RunState, style: Style): string | undefined {
  const at = state.instances.get(id)
  if (at === undefined || (at.instance.kind === 'group' && isToldByMembers(at.instance, at, state))) return undefined
  const standing = standingOf(at)
  const paint = paintStanding(standing, style)
  const time = at.startedAt === undefined ? '' : ` in ${formatDuration((at.endedAt ?? at.startedAt) - at.startedAt)}`
  const spending = describeRestored(at) || describeSpending([at])
  const rest = spending === '' ? '' : ` · ${spending}`
  return `${paint(consoleSigns[standing])} ${style.bold(safeLine(at.instance.label))} ${paint(describeState(at, standing))}${style.dim(`${time}${rest}`)}`
}

/** Not where there are none, or where the group failed although none of them did. */
function isToldByMembers({ id, members }: GroupInstance, at: InstanceState, { instances }: RunState): boolean {
  const all = members.length > 0 ? members.map((member) => instances.get(member)) : [...instances.values()]
  const own = all.filter((member) => member?.instance.parent === id)
  return own.length > 0 && (at.outcome !== 'failure' || own.some((member) => member?.result === 'failure'))
}

function labelOf(state: RunState, id: string): string {
  return safeLine(state.instances.get(id)?.instance.label ?? id)
}

/** `of the run`, `per day`, `of review`. */
function budgetName(scope: string | null, { started }: RunState): string {
  if (scope !== null) return `of ${safeLine(scope)}`
  const per = started?.plan.budget?.per
  return per === undefined ? 'of the run' : `per ${per}`
}
