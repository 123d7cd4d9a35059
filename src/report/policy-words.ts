import type { ProcessInstance, RetryPolicy } from '../core/instance.ts'
import { plainLine } from '../core/plain-text.ts'
import { formatDuration } from './quantities.ts'

/** How many classes of failure a policy can name. */
const retryClasses = 7

/** Whose conversation an instance takes up, what job of GitHub it asks for, and what becomes of it when it fails or takes too long: `up to 3 attempts`, `then codex`, `stopped after 10m 00s`. */
export function policyWords({ process, retry, fallback, job }: ProcessInstance): string[] {
  const others = fallback.map((way) => way.agent ?? [way.runtime, way.model].filter(Boolean).join(' · '))
  const stops = [
    ...(process.timeoutMs === undefined ? [] : [formatDuration(process.timeoutMs)]),
    ...(process.idleTimeoutMs === undefined ? [] : [`${formatDuration(process.idleTimeoutMs)} of silence`]),
  ]
  const { session } = process
  return [
    ...(session === undefined
      ? []
      : [`${session.fork ? 'forks' : 'continues'} the session of ${plainLine(session.from)}`]),
    ...(retry.attempts > 1 && !isStandard(retry) ? [attemptsOf(retry)] : []),
    ...(others.length > 0 ? [`then ${others.map(plainLine).join(', then ')}`] : []),
    ...(job?.runsOn === undefined ? [] : [`on a runner with ${job.runsOn.map(plainLine).join(', ')}`]),
    ...(job?.environment === undefined ? [] : [`in a job of the environment ${plainLine(job.environment)}`]),
    ...(stops.length > 0 ? [`stopped after ${stops.join(' or ')}`] : []),
  ]
}

/** The policy of an instance that asks for none: it repeats nothing that the work itself is to blame for. */
function isStandard({ on }: RetryPolicy): boolean {
  return on.includes('crash-before-output')
}

function attemptsOf({ attempts, on }: RetryPolicy): string {
  return `up to ${attempts} attempts${on.length < retryClasses ? ` after ${on.join(' or ')}` : ''}`
}
