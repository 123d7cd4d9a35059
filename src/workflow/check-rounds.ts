import type { NeedRead } from './check-expressions.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { WrittenEdge } from './needs.ts'

/** Reports edges and reads from outside a repeated group to what is in it: that is not there once but once in every round. */
export function checkRounds(
  drafts: readonly Draft[],
  written: ReadonlyMap<string, readonly WrittenEdge[]>,
  reads: readonly NeedRead[],
  { file: { origins }, diagnostics }: Compiling,
): void {
  const repeated = drafts.filter((draft) => isRepeated(draft)).map(({ id }) => id)
  if (repeated.length === 0) return
  const around = (id: string, reader: string): string | undefined =>
    repeated.find((group) => isInside(id, group) && reader !== group && !isInside(reader, group))
  for (const draft of drafts) {
    if (!draft.isFirst) continue
    for (const { edge, owner, key } of written.get(draft.id) ?? [])
      report(around(edge.from, draft.id), edge.from, origins.ofValue(owner, key))
  }
  for (const { draft, id, place, offset, length } of reads)
    if (draft.isFirst) report(around(id, draft.id), id, place.rangeOf(offset, length))

  function report(group: string | undefined, id: string, range: ReturnType<typeof origins.ofPlain>): void {
    if (group === undefined) return
    diagnostics.error(
      'needs-in-repeat',
      `\`${id}\` is repeated with \`${group}\`: it ends once in every round`,
      range,
      {
        hint: `Need \`${group}\` and read its \`instances\`: they are those of its last round.`,
      },
    )
  }
}

function isRepeated(draft: Draft): boolean {
  const { kind, entry } = draft
  return kind === 'group' && draft.form !== 'matrix' && entry.sequence !== undefined && entry.repeat !== undefined
}

function isInside(id: string, group: string): boolean {
  return id.startsWith(`${group}.`)
}
