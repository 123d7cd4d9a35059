import type { AttemptEnded, EffectStarted } from '../core/event.ts'
import type { StopCause } from '../core/failure.ts'
import type { Task } from '../core/task.ts'
import { dirname } from 'node:path'
import { markVariable } from '../process/mark.ts'
import { noteBirth } from '../process/newcomers.ts'
import { sweepMarkedSince } from '../process/sweep.ts'
import { runAttempt } from './attempt.ts'
import { createChangedHunks } from './changed-hunks.ts'
import { createProgramFinder } from '../process/find-program.ts'
import { createLazyConfinements } from './lazy-confinements.ts'
import { createLazyWorktrees } from './lazy-worktrees.ts'
import { layFoundation } from './foundation.ts'
import { removeLeftovers } from './leftovers.ts'
import type { LauncherOptions } from './launcher-options.ts'
import { createOutputReader } from './output-file.ts'
import type { AttemptContext } from './prepare-attempt.ts'
import { createStopper, type Stopper } from './stopping.ts'
import { builtinAgents } from '../agents/registry.ts'
import { createTurns } from './turns.ts'
import { createLazyKeyProxy } from './kept-key.ts'
import { createPriceList } from '../agents/price-list.ts'

export type { LauncherOptions } from './launcher-options.ts'

/** An effect that was announced, and is not known to be done. */
type UnfinishedEffect = Pick<EffectStarted, 'effect' | 'ended'>

/** Turns commands of the engine into supervised processes, and these into events. */
export interface Launcher {
  /** Answered by `attempt.started`, `attempt.progress` now and then, `attempt.repairing` perhaps, and `attempt.ended`; or by `attempt.ended` alone, after `instance.restored` where its outcome is known. */
  start(task: Task): void
  /** Answered by the attempt's `attempt.ended`; nothing happens when it has ended already. */
  stop(id: string, attempt: number, cause: StopCause, how: 'term' | 'kill'): void
  /** Kills all that runs, whatever the engine thinks of it. */
  killAll(): void
  /** Does the rest of what an orchestrator before us announced; answers with how the attempts it was for end. */
  complete(effects: readonly UnfinishedEffect[]): Promise<AttemptEnded[]>
  /** Settles once no attempt is under way. */
  idle(): Promise<void>
  /** Kills what is left of the run and removes its temporary directories and worktrees, and those of runs that were killed. */
  close(): Promise<void>
}

const serverLost =
  'The process that starts the programs of this run was killed; the programs that ran were ended and are started again.'

/** A launcher for one run. */
export function createLauncher(options: LauncherOptions): Launcher {
  const foundation = options.foundation ?? layFoundation(options)
  const { common, mark, places, starter, temporary } = foundation
  foundation.onServerLost(() => options.emit({ type: 'notice', level: 'warning', message: serverLost }))
  const worktrees = createLazyWorktrees({
    workspace: options.workspace,
    root: places.worktrees,
    env: { ...common, [markVariable]: mark },
    redactor: options.redactor,
    applied: options.applied ?? [],
    shared: options.sharedWorktrees ?? new Map(),
    ...(options.obeys && { obeys: options.obeys }),
  })
  const birth = noteBirth(process.pid, 'earlier')
  const installer = options.openInstaller?.((level, message) => options.emit({ type: 'notice', level, message }))
  const context: AttemptContext = {
    ...options,
    ...(installer && { installer }),
    agents: new Map([...(options.declared ?? []), ...builtinAgents].map((agent) => [agent.name, agent])),
    places,
    readOutputs: createOutputReader(),
    worktrees,
    turns: createTurns(),
    keyProxy: createLazyKeyProxy(),
    confinements: createLazyConfinements({
      runId: options.runId,
      environment: options.environment,
      root: () => dirname(places.worktrees()),
      temporary,
      warn: (message) => options.emit({ type: 'notice', level: 'warning', message }),
      note: (level, message) => options.emit({ type: 'notice', level, message }),
    }),
    asked: new Map(options.earlierDeeds),
    priceList: createPriceList(options.prices ?? {}),
    changedHunks: createChangedHunks(options.runDirectory),
    starter,
    losses: new Map<string, number>(),
    common,
    find: createProgramFinder(options.environment['PATHEXT']),
  }
  const attempts = new Map<string, { readonly ended: Promise<void>; readonly stopper: Stopper }>()
  let count = 0
  let clearing: Promise<void> | undefined

  const killAll = (): void => {
    for (const { stopper } of attempts.values()) stopper.ask('cancelled', 'kill')
  }
  const idle = async (): Promise<void> => {
    while (attempts.size > 0) await Promise.all([...attempts.values()].map(({ ended }) => ended))
  }
  return {
    start(task) {
      count += 1
      const key = `${task.id}/${task.attempt}`
      const stopper = createStopper()
      const ended = runAttempt(task, count, stopper, context)
      attempts.set(key, { ended, stopper })
      void ended.finally(() => attempts.delete(key))
      clearing ??= removeLeftovers(temporary, common, options.environment)
    },
    stop(id, attempt, cause, how) {
      attempts.get(`${id}/${attempt}`)?.stopper.ask(cause, how)
    },
    killAll,
    async complete(effects) {
      const ends: AttemptEnded[] = []
      for (const { effect, ended } of effects) {
        if (effect.kind === 'patch') {
          const failure = await worktrees.complete(effect)
          ends.push(failure === undefined ? ended : { ...ended, failure })
        } else if (effect.kind === 'memory') {
          const { keepMemoryAgain } = await import('./attempt-memory.ts')
          const problem = await keepMemoryAgain(effect.name, effect.changes, options.memory)
          if (problem !== undefined)
            options.emit({
              type: 'notice',
              level: 'warning',
              id: ended.id,
              message: `its memory \`${effect.name}\` was not kept: ${problem}`,
            })
          ends.push(ended)
        } else ends.push(await (await import('./change-outside.ts')).performAgain(effect, ended, options))
      }
      return ends
    },
    idle,
    async close() {
      killAll()
      await idle()
      await context.keyProxy.close()
      await installer?.close()
      await starter.close()
      foundation.onServerLost(undefined)
      await sweepMarkedSince(birth, options.runId)
      await context.confinements.close()
      await worktrees.remove()
      await places.remove()
      await (clearing ?? removeLeftovers(temporary, common, options.environment))
    },
  }
}
