import type { SourceRange } from '../core/diagnostic.ts'
import type { When } from '../core/instance.ts'
import type { Compiling } from './compiling.ts'
import type { Draft } from './draft.ts'
import type { WrittenEdge } from './needs.ts'
import type { Plain } from './origins.ts'
import { readChoice } from './variants.ts'

/** Reports quorums that no number of ends can reach, that have nothing to count, and those whose rest someone else needs. */
export function checkQuorums(
  drafts: readonly Draft[],
  written: ReadonlyMap<string, readonly WrittenEdge[]>,
  { file, diagnostics }: Compiling,
): void {
  const { origins } = file
  const byId = new Map(drafts.map((draft) => [draft.id, draft]))
  for (const values of file.defaults)
    if (typeof values.join === 'object')
      diagnostics.error('quorum-in-defaults', '`at-least` cannot be a default', origins.ofKey(values, 'join'), {
        hint: 'How many it is depends on the `needs` of an instance: write it there.',
      })
  for (const draft of drafts) {
    if (!draft.isFirst || !draft.isEntrance || draft.kind === 'group') continue
    const own = written.get(draft.id) ?? []
    checkJoin(draft, own)
    for (const edge of own) checkEdge(draft, edge)
  }

  function checkJoin(draft: Draft, own: readonly WrittenEdge[]): void {
    const { join } = draft.entry
    if (typeof join !== 'object') return
    const wanted = join['at-least']
    const ids = new Set([...own.map(({ edge }) => edge.from), ...steps(draft)])
    if (wanted > ids.size) reportImpossible(join, wanted, ids.size, '`needs`')
    if (join['cancel-rest'] === true) for (const id of ids) checkRest(draft, id, origins.ofKey(join, 'cancel-rest'))
  }

  function checkEdge(draft: Draft, { edge, owner }: WrittenEdge): void {
    const { atLeast, when, from } = edge
    // Refused where links are read.
    if (Object.hasOwn(owner, 'run')) return
    if (atLeast === undefined) {
      if (Object.hasOwn(owner, 'cancel-rest'))
        diagnostics.error('missing-key', '`at-least` is missing', origins.ofKey(owner, 'cancel-rest'), {
          hint: '`cancel-rest` cancels the rest once there are enough.',
        })
      return
    }
    const place = origins.ofKey(owner, 'at-least')
    const target = byId.get(from)
    if (typeof when !== 'string')
      diagnostics.error('conflicting-keys', '`at-least` and an expression in `when` cannot be combined', place, {
        hint: 'Each member is held against a word: `success`, `failure`, `completed`, `skipped` or `always`.',
      })
    if (target?.kind !== 'group' || isRepeated(target))
      return diagnostics.error(
        'quorum-without-group',
        `\`at-least\` counts the members of a matrix or group, \`${from}\` is ${target?.kind === 'group' ? 'repeated' : 'a single instance'}`,
        place,
        { hint: 'To ask for so many of several `needs`, write `join: { at-least: … }`.' },
      )
    const known = membersOf(target, when)
    if (known !== undefined && atLeast > known) reportImpossible(owner, atLeast, known, `members of \`${from}\``)
    if (edge.cancelRest === true) checkRest(draft, from, origins.ofKey(owner, 'cancel-rest'))
  }

  function reportImpossible(owner: Plain, wanted: number, known: number, what: string): void {
    const message = `\`at-least: ${wanted}\` can never hold: there ${known === 1 ? `is 1 ${what.replace('members', 'member')}` : `are ${known} ${what}`}`
    diagnostics.error('quorum-impossible', message, origins.ofValue(owner, 'at-least'))
  }

  /** What is cancelled must be there for this instance alone. */
  function checkRest(draft: Draft, id: string, range: SourceRange): void {
    for (const other of drafts) {
      if (other === draft || !other.isFirst || isWithin(other.id, id)) continue
      const found = written.get(other.id)?.find(({ edge }) => isWithin(edge.from, id))
      const step = steps(other).some((from) => isWithin(from, id))
      if (found === undefined && !step) continue
      const name = other.kind === 'gate' ? other.group : other.id
      const at =
        found === undefined ? origins.ofKey(other.owner, other.ownerKey) : origins.ofValue(found.owner, found.key)
      diagnostics.error('cancel-rest-needed', `\`cancel-rest\` would cancel what \`${name}\` needs too`, range, {
        notes: [{ message: `\`${name}\` needs it here`, range: at }],
      })
      return
    }
  }
}

/** What a draft needs by its place in a sequence. */
function steps({ edges }: Draft): string[] {
  return edges.flatMap(({ from, plain }) => (plain ? [from] : []))
}

/** How many members can have an end of their own; undefined where that is known only at run time. */
function membersOf(draft: Draft, when: When): number | undefined {
  if (draft.kind !== 'group') return undefined
  const most = draft.form === 'matrix' ? mostOf(draft) : undefined
  const isRun = when === 'success' || when === 'failure' || when === 'completed'
  if (draft.form === 'matrix' && draft.members.length === 0) return isRun ? most : undefined
  return isRun ? Math.min(draft.members.length, most ?? Infinity) : draft.members.length
}

/** How many cells of a matrix run at most; undefined where all do. */
function mostOf({ entry }: Draft): number | undefined {
  const rule = readChoice(entry)
  return rule === undefined || rule.by === 'all' ? entry.strategy?.['max-instances'] : 1
}

function isRepeated(draft: Draft): boolean {
  return draft.kind === 'group' && draft.form === 'sequence' && draft.entry.repeat !== undefined
}

function isWithin(id: string, group: string): boolean {
  return id === group || id.startsWith(`${group}.`)
}
