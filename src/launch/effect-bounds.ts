import type { Deed, EffectBounds } from '../core/effect.ts'

/** Keys of bounds by the kind of a deed. */
const keys = {
  issue: 'issue',
  comment: 'comment',
  labels: 'labels',
  close: 'close',
  'pull-request': 'pullRequest',
  push: 'push',
  dispatch: 'dispatch',
} as const

/** Why all that the instances of a run asked for, by instance, is more than its bounds; undefined when it is not. */
export function explainExcess(
  bounds: EffectBounds | undefined,
  asked: ReadonlyMap<string, readonly Deed[]>,
): string | undefined {
  if (bounds === undefined) return undefined
  const counts = new Map<string, number>()
  let total = 0
  for (const deed of [...asked.values()].flat()) {
    if (deed.kind === 'expire') continue
    const count = deed.kind === 'labels' ? deed.labels.length : 1
    counts.set(deed.kind, (counts.get(deed.kind) ?? 0) + count)
    total += count
  }
  const problems: string[] = []
  for (const [kind, count] of counts) {
    const key = Object.hasOwn(keys, kind) ? keys[kind as keyof typeof keys] : undefined
    const most = key === undefined ? undefined : bounds[key]?.max
    if (most !== undefined && count > most)
      problems.push(`with it the run asks for ${count} of \`${kind}\`, and \`effects\` of the file allows ${most}`)
  }
  if (bounds.max !== undefined && total > bounds.max)
    problems.push(`with it the run asks for ${total} effects, and \`effects\` of the file allows ${bounds.max}`)
  return problems.length === 0 ? undefined : problems.join('; ')
}
