import type { SourceRange } from '../core/diagnostic.ts'
import type { Edge } from '../core/instance.ts'
import type { ExpressionReads, NeedRead } from './check-expressions.ts'
import { checkQuorums } from './check-quorums.ts'
import { checkRounds } from './check-rounds.ts'
import type { Compiling } from './compiling.ts'
import { createGraph, findCycles, type Graph } from './cycles.ts'
import type { Draft } from './draft.ts'
import { resolveNeeds, type WrittenEdge } from './needs.ts'

/** All drafts, those in the templates of dynamic matrices included, each before what it is a part of. */
export function allDrafts(drafts: readonly Draft[]): Draft[] {
  const all: Draft[] = []
  const add = (list: readonly Draft[]): void => {
    for (const draft of list) {
      all.push(draft)
      if (draft.kind === 'gate' && draft.expansion !== undefined) add(draft.expansion.template)
    }
  }
  add(drafts)
  return all
}

/** The edges of every draft: those of the structure, then those of `needs`. Cycles and reads of what is not needed are reported. */
export function linkDrafts(
  drafts: readonly Draft[],
  reads: ExpressionReads,
  compiling: Compiling,
): Map<string, readonly Edge[]> {
  const { file, diagnostics } = compiling
  const { origins } = file
  const ids = new Set<string>()
  const indexOf = new Map<string, number>()
  for (const [index, draft] of drafts.entries()) {
    indexOf.set(draft.id, index)
    if (draft.kind !== 'gate') ids.add(draft.id)
  }
  const edges = new Map<string, readonly Edge[]>()
  const written = new Map<string, readonly WrittenEdge[]>()
  const from: number[] = []
  const to: number[] = []
  for (const [index, draft] of drafts.entries()) {
    const own = draft.isEntrance && draft.kind !== 'group' ? resolveNeeds(draft, ids, origins, diagnostics) : []
    const all = own.length === 0 ? draft.edges : mergeEdges(draft.edges, own)
    if (own.length > 0 && draft.isFirst) noteSequence(draft, own)
    edges.set(draft.id, all)
    if (own.length > 0) written.set(draft.id, own)
    for (const edge of all) {
      const upstream = indexOf.get(edge.from)
      if (upstream === undefined) continue
      from.push(upstream)
      to.push(index)
    }
    // The cells of a dynamic matrix are not there yet: its group ends after their template.
    const group = draft.id.endsWith('.*') ? indexOf.get(draft.id.slice(0, -2)) : undefined
    if (group !== undefined) {
      from.push(index)
      to.push(group)
    }
  }
  checkRounds(drafts, written, reads.needs, compiling)
  checkQuorums(drafts, written, compiling)
  const graph = createGraph(drafts.length, from, to)
  const cycles = findCycles(graph)
  for (const cycle of cycles) reportCycle(cycle)
  if (cycles.length === 0) checkReads(graph, reads.needs)
  return edges

  /** `needs` of a step adds to its place in the sequence, which is easily overlooked. */
  function noteSequence(draft: Draft, own: readonly WrittenEdge[]): void {
    const before = draft.edges.find((edge) => edge.plain)
    if (before === undefined) return
    // What comes earlier in the sequence has succeeded by then anyway.
    if (own.every(({ edge }) => edge.plain && edge.from.startsWith(`${draft.parent}.`))) return
    if (own.some(({ edge }) => edge.from === before.from)) return
    diagnostics.notice(
      'sequence-needs',
      `\`${nameOf(draft)}\` also needs \`${before.from}\`, the step before it in the sequence`,
      origins.ofKey(draft.entry, 'needs'),
      { hint: '`needs` adds to the order of a sequence. For members that do not wait for each other, use `parallel`.' },
    )
  }

  /** Told as people read it: each needs the next, beginning where the file is first to blame. */
  function reportCycle(cycle: readonly number[]): void {
    const trail = cycle.toReversed().flatMap((index) => drafts[index] ?? [])
    const reasons = trail.map((draft, at) => whyNeeded(draft, trail[(at + 1) % trail.length] ?? draft))
    const first = Math.max(
      0,
      reasons.findIndex((reason) => reason?.written === true),
    )
    const turn = <T>(list: readonly T[]): T[] => [...list.slice(first), ...list.slice(0, first)]
    const names = distinct(turn(trail).map(nameOf))
    const [head = ''] = names
    const [own, ...others] = turn(reasons)
    const group =
      names.length === 2
        ? names.find((name) => names.every((other) => other === name || other.startsWith(`${name}.`)))
        : undefined
    const message =
      names.length === 1
        ? `\`${head}\` needs itself`
        : group !== undefined
          ? `\`${names.find((name) => name !== group)}\` needs the group it is in`
          : `these instances need each other: ${[...names, head].map((name) => `\`${name}\``).join(' → ')}`
    const [draft] = trail
    const range = own?.range ?? (draft === undefined ? origins.ofPlain({}) : origins.ofKey(draft.owner, draft.ownerKey))
    diagnostics.error('cycle', message, range, {
      notes:
        names.length === 1
          ? []
          : others.filter((reason) => reason !== undefined).map(({ message, range }) => ({ message, range })),
      hint: names.length === 1 || group !== undefined ? undefined : 'Remove one of these needs.',
    })
  }

  /** Why one node needs another: its `needs`, or its place in a sequence; undefined for what is a part of its group. */
  function whyNeeded(
    draft: Draft,
    upstream: Draft,
  ): { message: string; range: SourceRange; written: boolean } | undefined {
    const entry = written.get(draft.id)?.find(({ edge }) => edge.from === upstream.id)
    const [later, earlier] = [`\`${nameOf(draft)}\``, `\`${nameOf(upstream)}\``]
    if (entry !== undefined)
      return { message: `${later} needs ${earlier}`, range: origins.ofValue(entry.owner, entry.key), written: true }
    const isStep = draft.edges.some((edge) => edge.plain && edge.from === upstream.id)
    if (!isStep) return undefined
    return {
      message: `${later} comes after ${earlier} in the sequence`,
      range: origins.ofKey(draft.owner, draft.ownerKey),
      written: false,
    }
  }

  /** Of all reads of one instance at once: what comes after it may read it. */
  function checkReads(graph: Graph, needs: readonly NeedRead[]): void {
    const byTarget = new Map<string, NeedRead[]>()
    for (const read of needs) {
      if (edges.get(read.draft.id)?.some((edge) => edge.from === read.id) === true) continue
      const known = byTarget.get(read.id)
      if (known === undefined) byTarget.set(read.id, [read])
      else known.push(read)
    }
    for (const [id, targeted] of byTarget) {
      const wanted = new Set(targeted.map((read) => indexOf.get(read.draft.id) ?? -1))
      const reached = reach(graph, indexOf.get(id) ?? -1, wanted)
      for (const read of targeted) if (!reached.has(indexOf.get(read.draft.id) ?? -1)) reportUnneeded(read)
    }
  }

  function reportUnneeded({ draft, name, id, place, offset, length }: NeedRead): void {
    if (!draft.isFirst) return
    const isItself = draft.id === id
    const reader = nameOf(draft)
    diagnostics.error(
      'not-needed',
      isItself
        ? `\`${name}\` cannot read itself before it has ended`
        : `\`${name}\` is not in the \`needs\` of \`${reader}\``,
      place.rangeOf(offset, length),
      {
        hint: isItself
          ? 'Its own result is `result`, available in `outputs`.'
          : `Add \`${name}\` to the \`needs\` of \`${reader}\`; otherwise it may not have ended yet.`,
      },
    )
  }
}

/** Structural edges, then written ones; one that is written takes the place of the same structural one. */
function mergeEdges(structural: readonly Edge[], own: readonly WrittenEdge[]): Edge[] {
  const kept = structural.filter((edge) => !edge.plain || !own.some((written) => written.edge.from === edge.from))
  return kept.concat(own.map(({ edge }) => edge))
}

/** Which of the wanted nodes can be reached from a node. */
function reach({ starts, targets }: Graph, root: number, wanted: ReadonlySet<number>): Set<number> {
  const reached = new Set<number>()
  if (root < 0) return reached
  const seen = new Set([root])
  const queue = [root]
  for (let at = 0; at < queue.length && reached.size < wanted.size; at++) {
    const node = queue[at] ?? 0
    for (let edge = starts[node] ?? 0; edge < (starts[node + 1] ?? 0); edge++) {
      const target = targets[edge] ?? 0
      if (seen.has(target)) continue
      seen.add(target)
      queue.push(target)
      if (wanted.has(target)) reached.add(target)
    }
  }
  return reached
}

/** What the file calls a node: a gate is its group, the template of a cell its matrix. */
function nameOf(draft: Draft): string {
  const id = draft.kind === 'gate' ? draft.group : draft.id
  return id.replaceAll('.*', '')
}

function distinct(names: readonly string[]): string[] {
  const trail = names.filter((name, index) => name !== names[index - 1])
  return trail.length > 1 && trail[0] === trail.at(-1) ? trail.slice(0, -1) : trail
}
