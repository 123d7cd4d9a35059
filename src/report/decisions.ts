import { describeDifferences } from './restored-words.ts'
import { unreachable } from '../core/unreachable.ts'
import type { AttemptStarted, Stamped } from '../core/event.ts'
import { detailOf, reasonOf, type Failure } from '../core/failure.ts'
import type { ReporterEntry } from '../core/reporter.ts'
import type { InstanceState, RunState } from '../core/run-state.ts'
import { plainLine } from '../core/plain-text.ts'
import { formatDuration } from './quantities.ts'
import type { ReportModel } from './report-model.ts'
import type { RunReporting } from './run-reporting.ts'

/** Why things happened: with debug output on, each decision of a run is a line. */
export const decisionReporter: ReporterEntry<RunReporting, ReportModel> = {
  name: 'decisions',
  when: ({ debug }) => debug !== undefined,
  create: ({ debug }) => ({
    name: 'decisions',
    onEvent(event, state) {
      for (const line of explainEvent(event, state)) debug?.(plainLine(line))
    },
  }),
}

/** Longer waits are worth a word. */
const noticeableMs = 100
const argumentLimit = 300

/** What led to an event or follows from it, a sentence a line; nothing for what explains itself. */
export function explainEvent(event: Stamped, state: RunState): string[] {
  switch (event.type) {
    case 'run.started':
      return [
        `run ${event.runId} on commit ${event.commit ?? 'unknown'}${event.only === null ? '' : `, only ${event.only.join(', ')}`}`,
      ]
    case 'run.resumed':
      return [
        event.only === undefined
          ? 'the run is resumed: what succeeded is not run again'
          : `the run is resumed: only ${event.only.join(', ')} may run again`,
      ]
    case 'run.interrupted':
      return [`the run is stopped by ${event.by} (${event.cause})`]
    case 'run.paused':
    case 'run.unpaused':
      return [`${event.id ?? 'the run'} is ${event.type === 'run.paused' ? 'paused' : 'no longer paused'}`]
    case 'instance.cancelled':
      return [`${event.id} is cancelled by ${event.by}`]
    case 'plan.expanded':
      if (event.round !== undefined)
        return [`round ${event.round} of ${event.group} begins: its until did not hold: ${event.members.join(', ')}`]
      return [`${event.group} became ${event.members.length} cells: ${event.members.join(', ')}`]
    case 'edge.decided':
      return [
        `the edge ${event.from} → ${event.to} is ${event.taken ? '' : 'not '}taken${event.error === undefined ? '' : `: ${event.error}`}`,
      ]
    case 'attempt.started':
      return [
        `${event.id} starts: ${whyItStarts(event, state)}`,
        `${event.id} spawned process ${event.pid}: ${spawned(event)}`,
      ]
    case 'attempt.repairing':
      return [`${event.id} was asked to repair its answer: ${event.why}`]
    case 'attempt.ended': {
      const how = event.failure === null ? 'succeeded' : `failed with ${describeFailure(event.failure)}`
      return [`${event.id} attempt ${event.attempt} ${how} after ${formatDuration(event.durationMs)}`]
    }
    case 'instance.restored':
      return [`${event.id} has the outcome of run ${event.from.run}: its content key is the same (${event.key})`]
    case 'instance.missed': {
      const { against, differs, why } = event
      const than =
        against === null
          ? 'no outcome of it is kept'
          : `other than in run ${against.run}: ${describeDifferences(differs)}`
      return [`${event.id} is not restored: ${why ?? than}`]
    }
    case 'instance.retrying': {
      const way = event.fallback === undefined ? '' : ` with fallback ${event.fallback + 1}`
      return [
        `${event.id} is tried again${way} in ${formatDuration(Math.max(0, event.dueAt - event.at))}: ${event.why}`,
      ]
    }
    case 'instance.ended': {
      const why = [event.reason, event.detail].filter((part) => part !== '').join(': ')
      return [
        `${event.id} ended with ${event.result}${why === '' ? '' : ` (${why})`}${event.result === event.outcome ? '' : `, forgiven: it came to ${event.outcome}`}`,
      ]
    }
    case 'budget.warned':
    case 'budget.exceeded':
      return [
        `the budget of ${event.scope ?? 'the run'} is ${event.type === 'budget.warned' ? 'nearly used up' : 'used up'}: ${event.action}`,
      ]
    case 'budget.carried':
      return [
        `other runs have spent ${event.earlier.tokens} tokens and $${event.earlier.costUsd.toFixed(4)} of the budget by now`,
      ]
    case 'fragments.taken':
      return ['the results of other shards are known; what had not ended there was lost']
    case 'provider.throttled':
      return [
        `at most ${event.limit} agents of ${event.provider} run at once, none starts in the next ${formatDuration(Math.max(0, event.until - event.at))}: ${event.why}`,
      ]
    case 'attempt.progress':
    case 'effect.started':
    case 'notice':
    case 'report.delivered':
    case 'report.failed':
    case 'run.ended':
    case 'timer.fired':
      return []
    default:
      return unreachable(event) ?? []
  }
}

function describeFailure(failure: Failure): string {
  const detail = detailOf(failure)
  return detail === '' ? reasonOf(failure) : `${reasonOf(failure)} (${detail})`
}

/** Its upstreams and how they ended, or the attempt before; and what it waited for since. */
function whyItStarts(event: Stamped<AttemptStarted>, state: RunState): string {
  const at = state.instances.get(event.id)
  const others = state.running - 1
  const running = others === 0 ? 'nothing else is running' : `${others} other${others === 1 ? '' : 's'} running`
  if (event.attempt > 1 || at === undefined) return `attempt ${event.attempt}, ${running}`
  const upstreams = at.instance.needs.flatMap(({ from }) => state.instances.get(from) ?? [])
  const readyAt = Math.max(state.started?.at ?? 0, ...upstreams.map(({ endedAt = 0 }) => endedAt))
  const needs = upstreams.length === 0 ? 'it needs nothing else' : upstreams.map(describeUpstream).join(', ')
  const waitedMs = event.at - readyAt
  return `${needs}; ${waitedMs < noticeableMs ? '' : `it waited ${formatDuration(waitedMs)} for its turn, `}${running}`
}

function describeUpstream({ instance, outcome, result }: InstanceState): string {
  return `${instance.id} ended with ${outcome ?? result ?? 'nothing'}`
}

function spawned({ argv, cwd, envNames }: AttemptStarted): string {
  const words = argv.map((word) =>
    JSON.stringify(word.length > argumentLimit ? `${word.slice(0, argumentLimit)}…` : word),
  )
  return `${words.join(' ')} in ${cwd}, with the variables ${envNames.join(' ')}`
}
