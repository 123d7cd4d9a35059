import type { InstanceEnded, Stamped } from '../../src/core/event.ts'
import type { Failure } from '../../src/core/failure.ts'
import type { Edge, Instance, ProcessInstance } from '../../src/core/instance.ts'
import type { Task } from '../../src/core/task.ts'
import { totalTokens, type Accounting } from '../../src/core/usage.ts'
import { admission, scopesOf } from '../../src/engine/budget.ts'
import { isExpecting } from '../../src/engine/progress.ts'
import type { Moment, SimulationOptions } from './simulator.ts'

interface Seen {
  readonly instance: Instance
  ended: Stamped<InstanceEnded> | undefined
  running: boolean
  attempts: number
  tries: number
  fallback: number
  dueAt: number
  lastFailure: Failure | null | undefined
  tokens: number
  flight: number
  cancelled: boolean
}

/** Looks at every event and command of a run and knows the rules from the plan alone; collects what breaks them. */
export function createOracle(options: SimulationOptions) {
  const problems: string[] = []
  const seen = new Map<string, Seen>()
  const paused = new Set<string | null>()
  const throttles = new Map<string, { limit: number; until: number; open: boolean; successes: number }>()
  let interrupted = false
  let startedAt = 0
  let selected: Set<string> | undefined
  let crossed = false
  const limits = options.engine?.maxParallel ?? { total: 99, agents: 4, commands: 4 }

  const add = (instances: readonly Instance[]): void => {
    for (const instance of instances)
      seen.set(instance.id, {
        instance,
        ended: undefined,
        running: false,
        attempts: 0,
        tries: 0,
        fallback: -1,
        dueAt: 0,
        lastFailure: undefined,
        tokens: 0,
        flight: 0,
        cancelled: false,
      })
  }

  const needsOf = (instance: Instance): readonly Edge[] => {
    if (instance.kind !== 'group') return instance.needs
    const cells = [...seen.values()].filter(
      ({ instance: { parent, kind } }) => parent === instance.id && kind !== 'gate',
    )
    const from = new Set([...instance.needs.map((edge) => edge.from), ...cells.map((cell) => cell.instance.id)])
    return [...from].map((id) => ({ from: id, when: 'always', delayMs: 0, plain: false }))
  }

  /** Undefined while the upstream has not ended. */
  const taken = (edge: Edge, target: Instance): boolean | undefined => {
    const end = seen.get(edge.from)?.ended
    if (end === undefined) return undefined
    if (edge.plain && target.if !== undefined && /\(\)/.test(target.if)) return true
    const { when } = edge
    if (typeof when === 'string')
      return {
        success: end.result === 'success',
        failure: end.outcome === 'failure',
        completed: end.outcome === 'failure' || end.outcome === 'success',
        skipped: end.outcome === 'skipped',
        always: true,
      }[when]
    const { expression } = when
    if (expression.startsWith('fromJSON')) return false
    if (expression === 'failure()') return end.outcome === 'failure'
    if (expression === 'always()') return true
    if (expression.startsWith('always() &&')) return end.outcome === 'failure'
    if (expression.includes('.result')) return end.result === 'success'
    return end.result === 'success' && end.outcome === 'failure'
  }

  const isMandatory = (edge: Edge, target: Instance): boolean =>
    seen.get(edge.from)?.instance.kind === 'gate' && target.kind !== 'group'

  const verdict = (instance: Instance): 'go' | 'skip' | 'wait' => {
    const all = needsOf(instance).map((edge) => ({ edge, taken: taken(edge, instance) }))
    const gates = all.filter(({ edge }) => isMandatory(edge, instance))
    const own = all.filter(({ edge }) => !isMandatory(edge, instance))
    if (gates.some((gate) => gate.taken === false)) return 'skip'
    if (instance.join === 'all' && own.some((edge) => edge.taken === false)) return 'skip'
    if (instance.join === 'any' && own.length > 0 && own.every((edge) => edge.taken === false)) return 'skip'
    if (gates.some((gate) => gate.taken === undefined)) return 'wait'
    if (instance.join === 'all') return own.every((edge) => edge.taken) ? 'go' : 'wait'
    return own.length === 0 || own.some((edge) => edge.taken) ? 'go' : 'wait'
  }

  const ancestorFailed = (instance: Instance, before = Infinity, done = new Set<string>()): boolean =>
    needsOf(instance).some(({ from }) => {
      const upstream = seen.get(from)
      if (upstream?.ended === undefined || upstream.ended.seq > before || done.has(from)) return false
      done.add(from)
      return upstream.ended.result === 'failure' || ancestorFailed(upstream.instance, upstream.ended.seq, done)
    })

  const condition = (instance: Instance): boolean | 'error' => {
    switch (instance.if) {
      case undefined:
      case 'always()':
      case 'true':
        return true
      case 'success()':
        return instance.needs.every((edge) => !edge.plain || seen.get(edge.from)?.ended?.result === 'success')
      case 'failure()':
        return ancestorFailed(instance)
      case '!failure()':
        return !ancestorFailed(instance)
      case 'false':
        return false
      default:
        return 'error'
    }
  }

  const readyAt = (instance: Instance): number => {
    const own = needsOf(instance)
      .filter((edge) => !isMandatory(edge, instance) && taken(edge, instance) === true)
      .map((edge) => (seen.get(edge.from)?.ended?.at ?? 0) + edge.delayMs)
    const edges = own.length === 0 ? 0 : instance.join === 'any' ? Math.min(...own) : Math.max(...own)
    const fixed = instance.kind === 'process' && instance.startAt !== undefined && 'afterMs' in instance.startAt
    return Math.max(edges, fixed ? startedAt + (instance.startAt as { afterMs: number }).afterMs : 0)
  }

  const inGroup = (id: string): string[] => {
    const chain: string[] = []
    for (let at = seen.get(id)?.instance; at !== undefined; at = seen.get(at.parent ?? '')?.instance) chain.push(at.id)
    return chain
  }

  const activeMembers = (groupId: string): Set<string> => {
    const active = new Set<string>()
    for (const [id, one] of seen)
      if (one.running) {
        const chain = inGroup(id)
        const at = chain.indexOf(groupId)
        if (at > 0) active.add(chain[at - 1] as string)
      }
    return active
  }

  const running = (): Seen[] => [...seen.values()].filter((one) => one.running)
  const runtimeOf = (one: Seen): string => {
    const instance = one.instance as ProcessInstance
    return (one.fallback < 0 ? undefined : instance.fallback[one.fallback]?.runtime) ?? instance.process.runtime
  }

  const runLimit = (): number => {
    const { budget, reserve } = options.plan
    let limit = budget?.tokens ?? Number.POSITIVE_INFINITY
    for (const [id, part] of Object.entries(reserve)) {
      const one = seen.get(id)
      if (one !== undefined && one.ended === undefined) limit -= Math.max(0, (part.tokens ?? 0) - one.tokens)
    }
    return limit
  }

  const runSpent = (): number => [...seen.values()].reduce((sum, one) => sum + one.tokens, 0)

  const checkStart = (task: Task, now: number): void => {
    const one = seen.get(task.id)
    if (one === undefined) return void problems.push(`${task.id} started and is not in the plan`)
    const instance = one.instance as ProcessInstance
    const say = (what: string): void => void problems.push(`${task.id} started ${what}`)
    if (one.ended !== undefined) say('after its end')
    if (one.running) say('twice')
    if (interrupted) say('after the interruption')
    if (paused.has(null) || inGroup(task.id).some((id) => paused.has(id))) say('while paused')
    if (selected !== undefined && !selected.has(task.id)) say('although not selected')
    if (instance.join === 'all' || one.attempts === 0) {
      if (verdict(instance) !== 'go') say(`with its edges at ${verdict(instance)}`)
      if (one.attempts === 0 && condition(instance) !== true) say('against its condition')
    }
    if (now < readyAt(instance)) say('before its time')
    if (now < one.dueAt) say('before its retry is due')
    if (one.tries >= instance.retry.attempts) say('beyond its attempts')
    if (task.attempt !== one.attempts + 1) say(`as attempt ${task.attempt}, not ${one.attempts + 1}`)
    if (task.runtime !== runtimeOf(one)) say(`with runtime ${task.runtime}`)
    const throttle = throttles.get(task.runtime)
    if (throttle?.open === true) say('with the circuit open')
    if (throttle !== undefined && throttle.until > now) say('during a cool-down')
    if (options.plan.budget?.onExceeded !== 'warn' && runSpent() >= runLimit()) {
      const part = options.plan.reserve[task.id]
      if (part === undefined || one.tokens >= (part.tokens ?? 0)) say('beyond the budget')
    }
    one.running = true
    one.attempts++
    one.flight = 0
    const now_ = running()
    if (now_.length > limits.total) say('beyond the total limit')
    for (const pool of ['agents', 'commands'] as const)
      if (now_.filter((other) => (other.instance as ProcessInstance).pool === pool).length > limits[pool])
        say(`beyond the limit of ${pool}`)
    if (throttle !== undefined) {
      const same = now_.filter((other) => runtimeOf(other) === task.runtime).length
      if (same > throttle.limit + throttle.successes) say('beyond the limit of its provider')
    }
    for (const id of inGroup(task.id)) {
      const parent = seen.get(id)?.instance
      if (parent?.kind === 'group' && parent.maxParallel !== undefined && activeMembers(id).size > parent.maxParallel)
        say(`beyond max-parallel of ${id}`)
    }
    const mutex = instance.concurrency?.group
    if (
      mutex !== undefined &&
      now_.some((other) => other !== one && (other.instance as ProcessInstance).concurrency?.group === mutex)
    )
      say('with its mutex taken')
  }

  /** Whatever could start now and does not. */
  const checkIdle = (moment: Moment, now: number): void => {
    const { progress } = moment.simulation
    if (interrupted || paused.has(null)) return
    const busy = running()
    if (busy.length >= limits.total) return
    for (const [id, one] of seen) {
      const { instance } = one
      if (instance.kind !== 'process' || one.ended !== undefined || one.running || one.cancelled) continue
      if (verdict(instance) !== 'go' || condition(instance) !== true || now < readyAt(instance) || now < one.dueAt)
        continue
      if (selected !== undefined && !selected.has(id)) continue
      if (inGroup(id).some((each) => paused.has(each))) continue
      if (
        busy.filter((other) => (other.instance as ProcessInstance).pool === instance.pool).length >=
        limits[instance.pool]
      )
        continue
      const blocked = inGroup(id).some((each, index, chain) => {
        const parent = seen.get(each)?.instance
        if (index === 0 || parent?.kind !== 'group' || parent.maxParallel === undefined) return false
        const active = activeMembers(each)
        return !active.has(chain[index - 1] as string) && active.size >= parent.maxParallel
      })
      if (blocked) continue
      const mutex = instance.concurrency?.group
      if (mutex !== undefined && busy.some((other) => (other.instance as ProcessInstance).concurrency?.group === mutex))
        continue
      const provider = progress.providers.get(runtimeOf(one))
      if (provider !== undefined && (provider.until > now || provider.running >= provider.limit)) continue
      const node = progress.byId.get(id)
      if (node === undefined || scopesOf(progress, node).some((scope) => admission(progress, node, scope) === 'later'))
        continue
      problems.push(`${id} could start at ${now} and does not`)
    }
  }

  const spend = (one: Seen, accounting: Accounting): void => {
    if (accounting.usage === null) return
    const total = totalTokens(accounting.usage)
    one.tokens += total - one.flight
    one.flight = total
  }

  const checkEnd = (event: Stamped<InstanceEnded>): void => {
    const one = seen.get(event.id)
    if (one === undefined) return void problems.push(`${event.id} ended and is not in the plan`)
    if (one.ended !== undefined) problems.push(`${event.id} ended twice`)
    if (one.running) problems.push(`${event.id} ended while it runs`)
    const { instance } = one
    if (event.reason === 'upstream' && instance.kind !== 'group' && verdict(instance) !== 'skip')
      problems.push(`${event.id} skipped for its edges at ${verdict(instance)}`)
    if (
      event.reason === 'condition' &&
      event.result === 'skipped' &&
      instance.kind === 'process' &&
      condition(instance) !== false
    )
      problems.push(`${event.id} skipped for a condition that holds`)
    if (event.outcome === 'success' && instance.kind === 'process' && one.lastFailure !== null)
      problems.push(`${event.id} succeeded without a successful attempt`)
    if (
      event.outcome === 'success' &&
      instance.kind === 'gate' &&
      (verdict(instance) !== 'go' || event.at < readyAt(instance))
    )
      problems.push(`${event.id} opened too early`)
    if (instance.kind === 'group') {
      const members = needsOf(instance).map(({ from }) => seen.get(from))
      if (members.some((member) => member?.ended === undefined)) problems.push(`${event.id} ended before its members`)
      const failed = members.some((member) => member?.ended?.result === 'failure')
      if (failed !== (event.outcome === 'failure')) problems.push(`${event.id} folded wrongly`)
    }
    one.ended = event
  }

  const watch = (moment: Moment): void => {
    const { event } = moment
    const one = 'id' in event && typeof event.id === 'string' ? seen.get(event.id) : undefined
    switch (event.type) {
      case 'run.started':
        startedAt = event.at
        add(event.plan.instances)
        break
      case 'plan.expanded':
        add(event.instances)
        break
      case 'run.paused':
        paused.add(event.id)
        break
      case 'run.unpaused':
        paused.delete(event.id)
        break
      case 'run.interrupted':
        interrupted = true
        break
      case 'instance.cancelled':
        for (const [id, other] of seen) if (inGroup(id).includes(event.id)) other.cancelled = true
        break
      case 'provider.throttled':
        throttles.set(event.provider, { ...event, successes: 0, limit: event.open ? 0 : event.limit })
        break
      case 'attempt.progress':
        if (one?.running === true) spend(one, event.accounting)
        break
      case 'attempt.ended':
        if (one === undefined) break
        spend(one, event.accounting)
        one.running = false
        one.lastFailure = event.failure
        one.tries++
        if (event.failure === null) {
          const throttle = throttles.get(runtimeOf(one))
          if (throttle !== undefined) throttle.successes++
        }
        break
      case 'instance.retrying':
        if (one === undefined) break
        one.dueAt = event.dueAt
        if (event.fallback !== undefined) {
          one.fallback = event.fallback
          one.tries = 0
        }
        break
      case 'instance.ended':
        if (event.reason === 'not-selected') selected ??= new Set()
        checkEnd(event)
        break
      case 'run.ended':
        for (const [id, other] of seen) if (other.ended === undefined) problems.push(`${id} has no end`)
        break
      default:
    }
    if (event.type === 'instance.ended' && event.reason === 'not-selected') selected = undefined
    for (const command of moment.commands) if (command.type === 'start') checkStart(command.task, event.at)
    if (!isExpecting(moment.simulation.progress) && event.type !== 'run.ended') checkIdle(moment, event.at)
    if (!crossed && options.plan.budget !== undefined && runSpent() >= runLimit()) crossed = true
  }
  return { watch, problems }
}
