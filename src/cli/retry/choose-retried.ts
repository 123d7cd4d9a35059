import { isReopened } from '../../core/outcome.ts'
import type { Refusal } from '../../core/refusal.ts'
import { isForgiven, isSuperseded, type InstanceState, type RunState } from '../../core/run-state.ts'
import { explainUnknown } from '../open-run.ts'

/** Which instances of a run are to run again, by id with the reason as a report shows it. */
export function chooseRetried(
  ids: readonly string[],
  state: RunState,
  again: boolean,
): ReadonlyMap<string, string> | Refusal {
  const all = [...state.instances.values()].filter((at) => !isSuperseded(state, at))
  if (ids.length === 0) {
    const failed = all.filter((at) => isProcess(at) && isReopened(endOf(at)) && !isForgiven(state, at))
    if (failed.length > 0) return reasonsOf(failed)
    return {
      mistake: 'nothing failed in this run',
      hint: 'name what to run again: orchestrator retry ID… --again',
    }
  }
  const chosen = new Map<string, string>()
  for (const id of ids) {
    const found = state.instances.get(id)
    if (found === undefined) return explainUnknown(id, state) ?? { mistake: id }
    const within = [...state.instances.values()].filter((at) => isProcess(at) && isIn(at, id, state))
    const current = within.filter((at) => at === found || !isSuperseded(state, at))
    const failed = again ? current.filter(hasRun) : current.filter(hasFailed)
    if (failed.length === 0) return explainNone(found, within, again)
    for (const [each, why] of reasonsOf(failed)) chosen.set(each, why)
  }
  return chosen
}

const isProcess = ({ instance }: InstanceState): boolean => instance.kind === 'process'

/** Also where `continue-on-error` forgave it. */
const hasFailed = (at: InstanceState): boolean =>
  at.status === 'ended' && (isReopened(endOf(at)) || at.outcome === 'failure')

const hasRun = (at: InstanceState): boolean => hasFailed(at) || at.result === 'success'

/** What has not ended goes on in any case. */
function endOf({ status, result = 'success', reason }: InstanceState): Parameters<typeof isReopened>[0] {
  return status === 'ended' ? { result, reason } : { result: 'success', reason: '' }
}

function isIn({ instance }: InstanceState, id: string, state: RunState): boolean {
  if (instance.id === id) return true
  const parent = state.instances.get(instance.parent ?? '')
  return parent !== undefined && isIn(parent, id, state)
}

function reasonsOf(chosen: readonly InstanceState[]): Map<string, string> {
  return new Map(
    chosen.map(({ instance, result = '', outcome = result, reason }) => [
      instance.id,
      `${outcome}${reason === '' || reason === outcome ? '' : ` ${reason}`}`,
    ]),
  )
}

function explainNone(found: InstanceState, within: readonly InstanceState[], again: boolean): Refusal {
  const { id } = found.instance
  if (found.result === 'skipped')
    return {
      mistake: `${id} was skipped: ${found.detail === '' ? found.reason : found.detail}`,
      hint: 'it is decided again when what it needs runs again; name that instead',
    }
  if (found.status !== 'ended' || within.some(({ status }) => status !== 'ended'))
    return { mistake: `${id} has not ended`, hint: 'resume the run: orchestrator run --resume RUN' }
  return {
    mistake: again ? `nothing in ${id} has run` : `${id} did not fail`,
    ...(!again && { hint: 'to run it again: add --again' }),
  }
}
