import type { InstanceEnded, RunInterrupted, Stamped } from '../../../src/core/event.ts'
import type { Failure } from '../../../src/core/failure.ts'
import type { Instance, ProcessInstance } from '../../../src/core/instance.ts'
import type { Plan } from '../../../src/core/plan.ts'

/** What the oracle knows of a node of the plan. */
export interface Seen {
  readonly instance: Instance
  ended: Stamped<InstanceEnded> | undefined
  /** It had failed before the run was resumed, and is not opened again. */
  stands: boolean
  /** Its attempt was asked to start and has not ended. */
  running: boolean
  stopAsked: boolean
  /** An attempt has ended and nothing was decided about it yet. */
  awaiting: boolean
  cancelled: boolean
  /** Has not started since the run began, or was resumed: its edges and its condition are asked. */
  fresh: boolean
  /** It only ran, or was only opened, after an interruption. */
  afterInterrupt: boolean
  attempt: number
  tries: number
  fallback: number
  dueAt: number
  lastFailure: Failure | null | undefined
  /** The attempt whose end is that of an earlier run. */
  restored: number | undefined
}

/** What a provider has said by the events. */
export interface ProviderSeen {
  limit: number
  until: number
  open: boolean
  resetAt: number
  /** Since the limit was last set: it may have grown by as many at the most. */
  successes: number
  /** Refusals in a row for want of quota or of a key. */
  denials: number
}

/** What is known of a prefix. */
export interface PrefixSeen {
  leader?: string
  patientUntil: number
  warmUntil: number
}

/** A run as its events tell it. Knows the plan and nothing of the engine. */
export interface World {
  readonly plan: Plan
  readonly limits: { readonly total: number; readonly agents: number; readonly commands: number }
  readonly seen: Map<string, Seen>
  readonly chains: Map<string, readonly Seen[]>
  /** The newest round of each repeated group. */
  readonly rounds: Map<string, number>
  readonly paused: Set<string | null>
  readonly providers: Map<string, ProviderSeen>
  /** By the prefix that agents share: who leads, and until when it is waited for, or the provider has it. */
  readonly prefixes: Map<string, PrefixSeen>
  interrupted: RunInterrupted | undefined
  /** How far the end of the run has come, from 0: runs, cleans up, stops, is killed. */
  ending: 0 | 1 | 2 | 3
  /** When what cleans up is to stop. */
  cleanupBy: number
  startedAt: number
  /** When the run's own time limit ends it. */
  deadline: number
  only: readonly string[] | null
  /** The commit that the event is about. */
  sha: string
  selected: ReadonlySet<string>
  now: number
}

/** Nothing has happened yet. */
export function createWorld(plan: Plan, limits: World['limits']): World {
  return {
    plan,
    limits,
    seen: new Map(),
    chains: new Map(),
    rounds: new Map(),
    paused: new Set(),
    providers: new Map(),
    prefixes: new Map(),
    interrupted: undefined,
    ending: 0,
    cleanupBy: Infinity,
    startedAt: 0,
    deadline: Infinity,
    only: null,
    sha: '',
    selected: new Set(),
    now: 0,
  }
}

/** The node itself and the groups around it, inside out. */
export function chainOf({ seen, chains }: World, id: string): readonly Seen[] {
  const known = chains.get(id)
  if (known !== undefined) return known
  const chain: Seen[] = []
  for (let at = seen.get(id); at !== undefined; at = seen.get(parentOf(at.instance))) chain.push(at)
  chains.set(id, chain)
  return chain
}

/** A node, or all that is in a group, its gates included. */
export function inside(world: World, id: string): Seen[] {
  return [...world.seen.values()].filter((one) => chainOf(world, one.instance.id).some((at) => at.instance.id === id))
}

/** All that runs. */
export function running({ seen }: World): Seen[] {
  return [...seen.values()].filter((one) => one.running)
}

/** An instance that has processes. */
export function processOf({ instance }: Seen): ProcessInstance {
  if (instance.kind !== 'process') throw new Error(`${instance.id} is no process`)
  return instance
}

/** The runtime that its next attempt, or the running one, is made with. */
export function runtimeOf(one: Seen): string {
  const { fallback, process } = processOf(one)
  return fallback[one.fallback]?.runtime ?? process.runtime
}

/** What is known of a provider, by the name of its runtime. */
export function providerOf({ providers }: World, name: string): ProviderSeen {
  let provider = providers.get(name)
  if (provider === undefined) {
    provider = { limit: Infinity, until: 0, open: false, resetAt: Infinity, successes: 0, denials: 0 }
    providers.set(name, provider)
  }
  return provider
}

function parentOf(instance: Instance): string {
  return instance.kind === 'gate' ? instance.group : (instance.parent ?? '')
}
