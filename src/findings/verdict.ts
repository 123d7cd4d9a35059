import type { MergedFinding, ReviewVerdict, SetAside, VerdictRule } from '../core/finding.ts'
import { severities } from '../core/findings-schema.ts'
import { processesOf } from '../core/definitions.ts'
import type { InstanceState, RunState } from '../core/run-state.ts'

/** Names of reviewers that one reason tells. */
const namesTold = 5

/**
 * What a review came to, so that "nothing found" and "nobody looked" are never the same; null while the run goes on, and where nothing in the plan
 * reports findings.
 */
export function verdictOf(
  state: RunState,
  findings: readonly MergedFinding[],
  setAside: readonly SetAside[],
): ReviewVerdict | null {
  const plan = state.started?.plan
  if (plan === undefined || state.ended === undefined) return null
  if (!processesOf(plan.instances).some(({ process }) => process.findings !== undefined)) return null
  const rule: VerdictRule = plan.report.verdict ?? {}
  const { looked, missing } = reviewersOf(state)
  const counted = findings.filter(
    ({ severity }) => severities.indexOf(severity) <= severities.indexOf(rule.severity ?? 'info'),
  )
  const absent = missing.length === 0 ? '' : explainMissing(missing)
  if (counted.length > 0) {
    const found = `${plural(counted.length, 'finding')}, the worst ${worstOf(counted)}`
    return { verdict: 'findings', reason: absent === '' ? found : `${found}; ${absent}` }
  }
  const { since } = state.started?.context ?? {}
  if (looked.length === 0 && absent === '' && since !== undefined)
    return {
      verdict: 'clean',
      reason: `nothing for a reviewer changed since the review of ${since.commit.slice(0, 8)}`,
    }
  if (looked.length === 0)
    return { verdict: 'not-reviewed', reason: absent === '' ? 'no reviewer was asked to look' : absent }
  if (missing.length > 0 && rule.reviewers !== 'any') return { verdict: 'not-reviewed', reason: absent }
  const what =
    rule.severity !== undefined
      ? `nothing of severity ${rule.severity} or worse`
      : setAside.length === 0
        ? 'nothing'
        : `nothing that counts, ${plural(setAside.length, 'finding')} aside`
  const clean = `${plural(looked.length, 'reviewer')} looked and found ${what}`
  return { verdict: 'clean', reason: absent === '' ? clean : `${clean}; ${absent}` }
}

/** The instances that report findings: all, those that looked, and those that did not although they were asked to. */
export function reviewersOf(state: RunState): Readonly<Record<'all' | 'looked' | 'missing', readonly InstanceState[]>> {
  const all = [...state.instances.values()].filter(
    ({ instance }) => instance.kind === 'process' && instance.process.findings !== undefined,
  )
  return {
    all,
    looked: all.filter(hasLooked),
    missing: all.filter((at) => !hasLooked(at) && wasAsked(at, state)),
  }
}

/** Whether everybody has looked who was to, as far as the file says who that is. */
export function isWholeReview(state: RunState): boolean {
  const { looked, missing } = reviewersOf(state)
  const { started } = state
  return started?.only === null && missing.length === 0 && (looked.length > 0 || started.context.since !== undefined)
}

/** Its last attempt answered with what it found, be it nothing; a linter does so also when it exits with a failure. */
function hasLooked({ attempts }: InstanceState): boolean {
  return attempts.at(-1)?.ended?.findings !== undefined
}

/** Whether it should have looked: it was neither left out on purpose, nor is what it needs. */
function wasAsked(
  { result, reason, instance }: Pick<InstanceState, 'result' | 'reason' | 'instance'>,
  state: RunState,
): boolean {
  if (result !== 'skipped') return true
  if (reason !== 'upstream') return !['paths', 'condition', 'not-selected', 'variant'].includes(reason)
  return instance.needs.some(({ from }) => {
    const gate = state.gates.get(from)
    const upstream = state.instances.get(gate?.group ?? from)
    if (upstream === undefined) return false
    if (gate !== undefined) return wasAsked({ ...upstream, instance: gate }, state)
    return upstream.outcome === 'failure' || upstream.outcome === 'cancelled' || wasMissed(upstream, state)
  })
}

function wasMissed(upstream: InstanceState, state: RunState): boolean {
  return upstream.result === 'skipped' && wasAsked(upstream, state)
}

function explainMissing(missing: readonly InstanceState[]): string {
  const names = missing.slice(0, namesTold).map(({ instance, reason }) => `${instance.id}${reason && ` (${reason})`}`)
  const more = missing.length > names.length ? ` and ${missing.length - names.length} more` : ''
  return `${names.join(', ')}${more} did not look`
}

function worstOf(findings: readonly MergedFinding[]): string {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity)) ?? ''
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
