import { join } from 'node:path'
import { digestOf, partOf, type KeyPart } from '../cache/content-key.ts'
import type { Edge } from '../core/instance.ts'
import { isLink } from '../core/is-link.ts'
import type { InstanceState, RunState } from '../core/run-state.ts'
import { readRegularFile } from '../process/read-regular-file.ts'

/** What of an upstream was said before: as long as its end is the same. */
const known = new WeakMap<InstanceState, { readonly endedAt: number | undefined; readonly digest: string }>()

/**
 * How everything ended that an instance comes after, as a part of its content key: results, outputs, answers, findings and patches, of groups those of their
 * members too. Not how long it took, nor what it cost.
 */
export function upstreamsPart(state: RunState, id: string, runDirectory: string): KeyPart {
  const instance = state.instances.get(id)?.instance
  const values: Record<string, string> = {}
  const seen = new Set<string>()
  const add = (from: string): void => {
    if (seen.has(from)) return
    seen.add(from)
    const gate = state.gates.get(from)
    if (gate !== undefined) return addAll(gate.needs)
    const upstream = state.instances.get(from)
    if (upstream === undefined) return
    values[from] = isLink(upstream.instance) ? linkedOutcome(state, from) : outcomeOf(upstream, runDirectory)
    if (upstream.instance.kind === 'group')
      for (const each of state.instances.values()) if (each.instance.parent === from) add(each.instance.id)
  }
  const addAll = (edges: readonly Edge[]): void => {
    for (const edge of edges) add(edge.from)
  }
  if (instance !== undefined) {
    addAll(instance.needs)
    if (instance.previous !== undefined) add(instance.previous)
  }
  return partOf(values)
}

/** What a run may differ in that came to the same. */
const incidental = new Set(['run', 'duration-ms', 'usage', 'cost-usd', 'cost-partial', 'attempts'])

function linkedOutcome({ started }: RunState, id: string): string {
  return digestOf(
    JSON.stringify(started?.context.links?.[id] ?? null, (key, value: unknown) => (incidental.has(key) ? null : value)),
  )
}

function outcomeOf(of: InstanceState, runDirectory: string): string {
  const before = known.get(of)
  if (before !== undefined && before.endedAt === of.endedAt) return before.digest
  const { result, outcome, reason, outputs, attempts, endedAt } = of
  const last = attempts.at(-1)?.ended
  const answer = last && [
    last.exitCode,
    last.textFile?.sha256 ?? last.text,
    last.jsonFile?.sha256 ?? last.json,
    last.findings ?? null,
    last.opinion ?? null,
    last.patchFile === null ? null : contentOf(join(runDirectory, last.patchFile)),
  ]
  const digest = digestOf(JSON.stringify([result, outcome, reason, outputs, answer]).replaceAll(runDirectory, '<run>'))
  known.set(of, { endedAt, digest })
  return digest
}

function contentOf(path: string): string {
  try {
    return digestOf(readRegularFile(path, { maxBytes: Infinity, followLinks: false }))
  } catch {
    return 'unreadable'
  }
}
