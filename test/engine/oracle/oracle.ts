import type { InstanceEnded, RunEnded, Stamped } from '../../../src/core/event.ts'
import type { Task } from '../../../src/core/task.ts'
import type { Command } from '../../../src/engine/command.ts'
import { defaultEngine, type Moment, type SimulationOptions } from '../simulator.ts'
import { apply, begin } from './apply.ts'
import { wrongEnd, wrongRetry } from './attempts.ts'
import { createBudgets } from './budgets.ts'
import { condition, isForgiven, isInterrupted, leftOut, needsOf, readyAt, verdict } from './edges.ts'
import { brokenLimits, waitsForLeader } from './pools.ts'
import { wrongFold, wrongRound } from './repeats.ts'
import { leftUndone } from './settled.ts'
import { chainOf, createWorld, processOf, providerOf, runtimeOf } from './world.ts'

/**
 * Looks at every event and command of a run and collects what breaks the rules. It knows them from the documentation, and the
 * run from its plan and events: nothing of it comes from the engine.
 */
export function createOracle(options: SimulationOptions) {
  const problems: string[] = []
  const problem = (what: string): void => void problems.push(what)
  const world = createWorld(options.plan, options.engine?.maxParallel ?? defaultEngine.maxParallel)
  const budgets = createBudgets(world, problem)
  const { seen, paused } = world

  const checkStart = (task: Task): void => {
    const one = seen.get(task.id)
    if (one === undefined) return problem(`${task.id} started and is not in the plan`)
    const { instance } = one
    const say = (what: string): void => problem(`${task.id} started ${what}`)
    if (one.ended !== undefined) say(`after its end in ${one.ended.result}`)
    if (one.running) say('twice')
    if (isInterrupted(world, one)) say('after the interruption')
    if (one.cancelled) say('although cancelled')
    if (world.ending === 0 && (paused.has(null) || chainOf(world, task.id).some((at) => paused.has(at.instance.id))))
      say('while paused')
    if (!world.selected.has(task.id)) say('although not selected')
    if (verdict(world, instance) !== 'go') say(`with its edges at ${verdict(world, instance)}`)
    if (leftOut(world, instance) !== undefined) say('although its matrix leaves it out')
    if (one.fresh && condition(world, instance) !== true) say('against its condition')
    if (world.now < readyAt(world, instance)) say('before its time')
    if (world.now < one.dueAt) say('before its retry is due')
    if (one.awaiting) say('with no verdict on its last attempt')
    if (one.tries >= processOf(one).retry.attempts) say('beyond its attempts')
    if (task.attempt !== one.attempt + 1) say(`as attempt ${task.attempt}, not ${one.attempt + 1}`)
    if (task.runtime !== runtimeOf(one)) say(`with runtime ${task.runtime}`)
    const admission = budgets.admission(one)
    if (admission === 'never') say('beyond a budget')
    if (admission === 'later') say('although what runs may use up a budget')
    if (waitsForLeader(world, one)) say('before the first answer of the one that leads its prefix')
    budgets.start(one, 'us')
    begin(world, one)
    for (const limit of brokenLimits(world, one)) say(limit)
  }

  /** What is decided is judged by what was known then: other decisions of the same moment may change that. */
  const checkDecision = (command: Command): void => {
    if (command.type === 'start') return checkStart(command.task)
    if (command.type === 'stop') {
      const one = seen.get(command.id)
      if (one?.running !== true || command.attempt !== one.attempt) problem(`${command.id} is stopped and does not run`)
      if (one !== undefined && command.cause === 'budget' && !budgets.mustDie(one))
        problem(`${command.id} is killed for a budget`)
      if (one !== undefined) one.stopAsked = true
    }
    if (command.type !== 'record') return
    const { event } = command
    if (event.type === 'run.interrupted' && world.now < (event.how === 'stop' ? world.cleanupBy : world.deadline))
      problem('the run ends, or stops to clean up, before its time limit')
    if (event.type === 'provider.throttled') {
      const { open, resetAt, denials } = providerOf(world, event.provider)
      if (event.open && denials < 3) problem(`${event.provider} is given up after ${denials} refusals`)
      if (open && event.limit > 1)
        problem(`${event.provider} is asked by more than one to see whether it has quota again`)
      if (open && (event.open || world.now < resetAt))
        problem(`${event.provider} has its circuit open and is ${event.open ? 'given up' : 'asked'} again`)
    }
    if (event.type === 'plan.expanded' && event.round !== undefined)
      for (const what of wrongRound(world, event)) problem(`${event.group} ${what}`)
    if (event.type === 'budget.warned' || event.type === 'budget.exceeded') budgets.checkCrossing(event)
    const one = 'id' in event && typeof event.id === 'string' ? seen.get(event.id) : undefined
    if (event.type === 'instance.ended' && one?.instance.kind === 'group')
      for (const what of wrongFold(world, one.instance, event)) problem(`${event.id} ${what}`)
    if (one?.instance.kind !== 'process') return
    const exhausted = budgets.admission(one) === 'never'
    if (event.type === 'instance.retrying')
      for (const what of wrongRetry(world, one, event, exhausted)) problem(`${event.id} tries again ${what}`)
    if (event.type === 'instance.ended')
      for (const what of wrongEnd(world, one, event, exhausted)) problem(`${event.id} ended ${what}`)
  }

  const checkEnd = (event: Stamped<InstanceEnded>): void => {
    const one = seen.get(event.id)
    if (one === undefined) return problem(`${event.id} ended and is not in the plan`)
    const { instance } = one
    const say = (what: string): void => problem(`${event.id} ${what}`)
    if (one.ended !== undefined) say('ended twice')
    if (event.reason === 'not-selected' && world.selected.has(event.id)) say('is left out although selected')
    if (event.reason === 'upstream' && instance.kind !== 'group' && verdict(world, instance) !== 'skip')
      say(`skipped for its edges at ${verdict(world, instance)}`)
    if (event.reason === 'max-instances' || event.reason === 'variant')
      if (instance.kind !== 'group' && leftOut(world, instance) !== event.reason)
        say(`is left out for ${event.reason}, though its matrix runs it`)
    if (event.outcome === 'success' && instance.kind === 'gate' && leftOut(world, instance) !== undefined)
      say('opened although its matrix leaves it out')
    if (event.outcome === 'success' && instance.kind === 'gate')
      if (verdict(world, instance) !== 'go' || event.at < readyAt(world, instance)) say('opened too early')
    if (instance.kind !== 'group') return
    const members = needsOf(world, instance).map(({ from }) => seen.get(from)?.ended)
    if (members.includes(undefined)) say('ended before its members')
  }

  const checkRunEnd = ({ result, reason }: Stamped<RunEnded>): void => {
    const all = [...seen.values()].filter((one) => one.instance.kind !== 'gate' && !isForgiven(world, one))
    const failed = all.some(({ ended }) => ended?.result === 'failure')
    if (failed && result !== 'failure') problem(`the run ends in ${result} although one failed`)
    const denied = all.some(({ ended }) => ended?.result === 'skipped')
    const late = world.interrupted?.cause === 'run-timeout'
    if (late && result !== 'failure') problem(`the run reached its time limit and ends in ${result}`)
    if (result === 'failure' && !failed && !denied && !late) problem(`the run fails although none did: ${reason}`)
  }

  const take = (event: Stamped, by: 'us' | 'earlier'): void => {
    const one = 'id' in event && typeof event.id === 'string' ? seen.get(event.id) : undefined
    if (event.type === 'attempt.started' && one?.running === false) {
      budgets.start(one, 'earlier')
      begin(world, one)
      // Of a damaged journal those before it may be lost.
      one.attempt = event.attempt
    }
    apply(world, event)
    budgets.take(event, by)
  }

  return {
    problems,
    /** Takes an event of an earlier process into account. */
    recall: (event: Stamped): void => take(event, 'earlier'),
    watch({ event, commands, pending }: Moment): void {
      if (event.type === 'instance.ended') checkEnd(event)
      take(event, 'us')
      for (const command of commands) checkDecision(command)
      if (event.type === 'run.ended') {
        for (const [id, { ended }] of seen) if (ended === undefined) problem(`${id} has no end`)
        checkRunEnd(event)
        budgets.close()
      } else if (pending === 0) {
        budgets.settled()
        for (const what of leftUndone(world, budgets)) problem(what)
      }
    },
  }
}
