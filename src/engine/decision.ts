import type { RunEvent, RunStarted, Stamped } from '../core/event.ts'
import type { Json, JsonObject } from '../core/json.ts'
import { isForgivable, type Reason, type Result } from '../core/outcome.ts'
import { isTruthy, evaluateTemplate } from '../expression/evaluate.ts'
import type { Command } from './command.ts'
import { contextsOf } from './contexts.ts'
import type { Node } from './node.ts'
import type { Progress } from './progress.ts'
import { evaluateNamed, type Rendered } from './render.ts'

/** One call of `decide`: what it looks at, the time it is made at, and what it has come to so far. */
export interface Decision {
  readonly progress: Progress
  readonly started: Stamped<RunStarted>
  readonly now: number
  readonly commands: Command[]
}

/** A decision about nothing yet. */
export function createDecision(progress: Progress, started: Stamped<RunStarted>, now: number): Decision {
  return { progress, started, now, commands: [] }
}

/** Asks for an event to be recorded; until it has come back nothing new is decided. */
export function record({ progress, commands }: Decision, event: RunEvent): void {
  progress.expected.push(event.type)
  commands.push({ type: 'record', event })
}

/** How a node ends. */
export interface End {
  readonly outcome: Result
  readonly reason?: Reason
  readonly detail?: string
  readonly outputs?: Readonly<Record<string, Json>>
}

const noOutputs: JsonObject = {}

/** Records the one terminal event of a node; `continue-on-error` turns its failure into a success for what follows. */
export function endNode(
  decision: Decision,
  node: Node,
  { outcome, reason = '', detail = '', outputs = noOutputs }: End,
): void {
  node.settled = true
  const forgiven: Rendered<boolean> = outcome === 'failure' ? forgives(decision, node, reason) : { value: false }
  record(decision, {
    type: 'instance.ended',
    id: node.instance.id,
    result: forgiven.value === true ? 'success' : outcome,
    outcome,
    reason,
    detail: forgiven.problem === undefined ? detail : `${detail}${detail === '' ? '' : '; '}${forgiven.problem}`,
    outputs,
  })
}

function forgives({ progress }: Decision, node: Node, reason: Reason): Rendered<boolean> {
  const { instance } = node
  if (instance.kind === 'gate' || !isForgivable(reason)) return { value: false }
  if (instance.kind === 'group' && reason === 'exhausted' && instance.repeat?.onExhausted === 'success')
    return { value: true }
  const { continueOnError } = instance
  if (typeof continueOnError === 'boolean') return { value: continueOnError }
  return evaluateNamed('continue-on-error', () => {
    const ending = { result: 'failure', outcome: 'failure', reason } as const
    const value = evaluateTemplate(continueOnError, contextsOf(progress, node, ending))
    return value !== 'false' && isTruthy(value)
  })
}
