import type { Json, JsonObject } from '../core/json.ts'
import { wholeJson, wholeText } from '../core/kept-text.ts'
import type { Reason, Result } from '../core/outcome.ts'
import { expressionUsage } from '../core/expression-usage.ts'
import { knownCost, roundUsd, sumAccounting, type Accounting } from '../core/usage.ts'
import type { Contexts, StatusFunctions } from '../expression/evaluate.ts'
import { idInRound } from '../core/rounds.ts'
import { changesContextOf } from './attached-diffs.ts'
import { endOf, type Group, type Node } from './node.ts'
import { linkedRunOf } from './linked-run.ts'
import { membersInRound } from './rounds.ts'
import { isEnding, type Progress } from './progress.ts'

/** How an instance is about to end; what `result` shows before its end is recorded. */
export interface Ending {
  readonly result: Result
  readonly outcome: Result
  readonly reason: Reason
}

/**
 * The contexts of a node's expressions. Everything that costs is a getter: only what an expression touches is made.
 * With `ending` there is `result`, the node itself.
 */
export function contextsOf(progress: Progress, node: Node, ending?: Ending): Contexts {
  const { instance } = node
  const context = progress.started?.context
  return {
    inputs: context?.inputs,
    env: context?.env,
    github: context?.github,
    runner: context?.runner,
    run: context?.run,
    matrix: instance.matrix,
    get changes() {
      return changesContextOf(progress)
    },
    get needs() {
      return needsOf(progress, node)
    },
    get previous() {
      const previous = progress.byId.get(instance.previous ?? '')
      return previous === undefined ? null : describe(progress, previous)
    },
    get 'previous-round'() {
      return describePreviousRound(progress, node)
    },
    get result() {
      return ending === undefined ? null : describe(progress, node, ending)
    },
  }
}

/**
 * `success() failure() always() cancelled()` of a node's `if`: over its plain edges, and over all that came before it. In a run that was
 * interrupted only the last two hold.
 */
export function statusOf(progress: Progress, node: Node): StatusFunctions {
  const ending = isEnding(progress)
  return {
    success: () => !ending && node.incoming.every((link) => !link.edge.plain || endOf(link.from)?.result === 'success'),
    failure: () => !ending && node.ancestorFailed,
    always: () => true,
    cancelled: () => ending || node.ancestorCancelled,
  }
}

/** The same functions inside the expression of an edge: over its upstream alone. */
export function edgeStatusOf(upstream: Node): StatusFunctions {
  return {
    success: () => endOf(upstream)?.result === 'success',
    failure: () => endOf(upstream)?.outcome === 'failure',
    always: () => true,
    cancelled: () => endOf(upstream)?.outcome === 'cancelled',
  }
}

/** All attempts of an instance, or of all that is in a group. */
export function accountingOf(node: Node): Accounting {
  return node.group === undefined ? node.accounting : sumAccounting(node.group.members.map(accountingOf))
}

/** What is directly in a group; in a repeated one, of its newest round. */
function membersOf(node: Node): readonly Node[] {
  return node.group === undefined ? [] : membersInRound(node.group, node.group.round)
}

function needsOf(progress: Progress, node: Node): JsonObject {
  const needs: JsonObject = {}
  const add = (name: string, target: Node | undefined): void => {
    if (target === undefined || target.instance.kind === 'gate' || Object.hasOwn(needs, name)) return
    Object.defineProperty(needs, name, { enumerable: true, get: () => describe(progress, target) })
  }
  const { id: own } = node.instance
  const round = node.group?.round ?? 1
  for (const [name, id] of Object.entries(node.instance.names ?? {}))
    add(name, progress.byId.get(idInRound(id, own, round)))
  for (const member of membersOf(node)) add(member.instance.key, member)
  for (let at: Node | undefined = node; at !== undefined; at = gateAround(progress, at))
    for (const { from } of at.incoming) add(from.instance.id, from)
  return needs
}

/** The gate around a node: what its group needs, its members may read. */
export function gateAround(progress: Progress, node: Node): Node | undefined {
  const group = node.instance.kind === 'gate' ? node.parent?.parent : node.parent
  return group?.instance.kind === 'group' ? progress.byId.get(group.instance.gate) : undefined
}

function describe(progress: Progress, node: Node, ending?: Ending): JsonObject {
  if (node.group?.instance.link !== undefined) return describeLink(progress, node)
  const shown = soleVariant(node)
  const { last } = shown
  const ended = endOf(node)
  const file = (path: string | null | undefined): Json => {
    const directory = progress.started?.context.run.directory
    if (path === null || path === undefined) return null
    return directory !== undefined && !/^([/\\]|[A-Za-z]:)/.test(path) ? `${directory}/${path}` : path
  }
  return {
    result: ending?.result ?? ended?.result ?? null,
    outcome: ending?.outcome ?? ended?.outcome ?? null,
    reason: ending?.reason ?? ended?.reason ?? null,
    'exit-code': last?.exitCode ?? null,
    denials: last?.denials ?? 0,
    get text() {
      noteCutText(progress, shown)
      return last === undefined ? null : wholeText(last, progress.options.readText)
    },
    outputs: endOf(shown)?.outputs ?? last?.outputs ?? {},
    get json() {
      return last === undefined ? null : wholeJson(last, progress.options.readText)
    },
    attempts: shown.attempt,
    rounds: shown.group?.instance.repeat === undefined ? null : shown.group.round,
    'duration-ms': durationOf(progress, node),
    'patch-file': file(last?.patchFile),
    'stdout-file': file(last?.stdoutFile),
    get usage() {
      return expressionUsage(accountingOf(node))
    },
    get 'cost-usd'() {
      return roundUsd(knownCost(accountingOf(node)).usd)
    },
    get 'cost-partial'() {
      return knownCost(accountingOf(node)).atLeast
    },
    get all() {
      return membersOf(node).map((member) => describe(progress, member))
    },
    get instances() {
      return describeByKey(progress, membersOf(node))
    },
  }
}

/** Another run, of whose instances all is known that ever will be. */
function describeLink(progress: Progress, { instance }: Node): JsonObject {
  const { reason, detail: _, ...linked } = linkedRunOf(progress, instance.id)
  const { result: outcome, instances } = linked
  return { ...linked, outcome, reason, all: Object.values(instances) }
}

/** Of an instance with variants the one that was chosen: what it answered is the answer of the instance. Any other node stands for itself. */
function soleVariant(node: Node): Node {
  if (node.group?.instance.variant === undefined) return node
  const [chosen, ...others] = node.group.members.filter((member) => endOf(member)?.reason !== 'variant')
  return chosen === undefined || others.length > 0 ? node : soleVariant(chosen)
}

function describeByKey(progress: Progress, members: readonly Node[]): JsonObject {
  const described: JsonObject = {}
  for (const member of members)
    Object.defineProperty(described, member.instance.key, { enumerable: true, get: () => describe(progress, member) })
  return described
}

/** The round before the one that a node belongs to, or, of a repeated group itself, before its newest; null where there is none. */
function describePreviousRound(progress: Progress, node: Node): Json {
  const place = roundOf(node)
  if (place === undefined || place.round === 1) return null
  const members = membersInRound(place.group, place.round - 1)
  return {
    result: place.group.previous,
    get instances() {
      return describeByKey(progress, members)
    },
  }
}

function roundOf(node: Node): { readonly group: Group; readonly round: number } | undefined {
  if (node.group?.instance.repeat !== undefined) return { group: node.group, round: node.group.round }
  for (let at: Node | undefined = node; at !== undefined; at = at.parent) {
    const { round } = at.instance
    if (round !== undefined && at.parent?.group !== undefined) return { group: at.parent.group, round }
  }
  return undefined
}

/** Remembers that an expression has read a text of which only the start and the end are there; once for each text. */
function noteCutText({ work, cutTextsRead }: Progress, node: Node): void {
  const { last } = node
  if (last?.textTruncated !== true) return
  const key = `${node.instance.id} ${last.attempt}`
  if (cutTextsRead.has(key)) return
  cutTextsRead.add(key)
  work.cutTexts.push(node)
}

/** From the first start, or the opening of a group, to the end; null where nothing has. */
function durationOf(progress: Progress, node: Node): number | null {
  const { instance } = node
  const gate = instance.kind === 'group' ? progress.byId.get(instance.gate) : undefined
  const from = instance.kind === 'group' ? gate && endOf(gate)?.at : node.firstStartedAt
  const to = (endOf(node) ?? node.last)?.at
  return from === undefined || to === undefined ? null : Math.max(0, to - from)
}
