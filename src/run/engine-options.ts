import { availableParallelism } from 'node:os'
import { processesOf } from '../core/definitions.ts'
import type { ProcessDefinition } from '../core/instance.ts'
import type { ShardPart } from '../core/shard.ts'
import type { Plan } from '../core/plan.ts'
import type { EngineOptions } from '../engine/progress.ts'
import { providerName } from '../agents/registry.ts'
import { localTimeZone } from './local-time-zone.ts'

/** About how long loading an agent's CLI keeps one core busy: more at once would only make the first ones late. */
const agentLoadMs = 500

/** What the engine is told of the machine and of earlier runs. */
export function engineOptions(
  {
    plan,
    maxParallel,
    environment,
    shard,
  }: {
    readonly plan: Plan
    readonly maxParallel?: number
    readonly shard?: { readonly part: ShardPart }
    readonly environment: Readonly<Record<string, string | undefined>>
  },
  durations: ReadonlyMap<string, number>,
): EngineOptions {
  const cores = availableParallelism()
  const total = maxParallel ?? plan.maxParallel.total
  return {
    random: Math.random,
    maxParallel: {
      total: total ?? Number.POSITIVE_INFINITY,
      agents: plan.maxParallel.agents ?? total ?? Math.max(4, cores),
      commands: plan.maxParallel.commands ?? total ?? cores,
    },
    // What collects asks nobody.
    ...(shard !== undefined && shard.part.name === undefined
      ? {}
      : { provider: (definition: ProcessDefinition) => providerName(definition, environment) }),
    timeZone: hasTimeOfDay(plan) ? localTimeZone() : 'UTC',
    spacingMs: Math.round(agentLoadMs / cores),
    durations,
  }
}

function hasTimeOfDay({ instances }: Plan): boolean {
  return processesOf(instances).some(({ startAt }) => startAt !== undefined && 'timeOfDay' in startAt)
}
