import type { Edge } from '../core/instance.ts'
import { closing } from '../core/structural-edges.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Origins, Plain } from './origins.ts'
import type { InstanceEntry } from './schema-instance.ts'

/** A member of a sequence or a parallel group. */
export interface Member {
  readonly key: string
  readonly entry: InstanceEntry
  readonly owner: Plain
  readonly ownerKey: string | number
}

/** Reports what an entry says of a worktree where the group around it has one. */
export function refuseOwnWorktree(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void {
  for (const key of ['workspace', 'apply', 'allow-paths'] as const)
    if (entry[key] !== undefined)
      diagnostics.error(
        'nested-worktree',
        `\`${key}\` cannot be set inside a group with \`workspace: worktree\``,
        origins.ofKey(entry, key),
        { hint: 'Put it on the group.' },
      )
}

/**
 * What keeps the changes of a group's worktree, and applies them, when all its members have succeeded: it does nothing else. None where a member
 * has its id, which is reported.
 */
export function closingMember(
  group: Pick<Member, 'entry' | 'owner' | 'ownerKey'> & { readonly isFirst: boolean },
  members: readonly Member[],
  origins: Origins,
  diagnostics: Diagnostics,
): Member[] {
  const key = 'changes'
  const namesake = members.find((member) => member.key === key)
  if (namesake !== undefined) {
    const message = `\`${key}\` is the id of the member that keeps the changes of the group's worktree`
    const range = origins.ofKey(namesake.owner, namesake.ownerKey)
    if (group.isFirst) diagnostics.error('duplicate-id', message, range, { hint: 'Give this member another id.' })
    return []
  }
  const entry: InstanceEntry = { run: 'exit 0', runtime: 'shell', 'working-directory': '.', retry: 0 }
  origins.alias(entry, group.entry)
  return [{ key, entry, owner: group.owner, ownerKey: group.ownerKey }]
}

/**
 * The edges that a member has from others of its group: in a sequence from the one before, and what keeps the changes of the worktree from all `others`. Where
 * these leave as a pull request, its text may tell of every member, also of one that was skipped.
 */
export function edgesWithin(
  { sequence, effects }: InstanceEntry,
  others: readonly string[],
  before: string | undefined,
): Edge[] {
  if (sequence === undefined) return others.map(waitsFor)
  const rest = effects === undefined ? [] : others.filter((from) => from !== before)
  return [...(before === undefined ? [] : [waitsFor(before)]), ...closing(rest)]
}

function waitsFor(from: string): Edge {
  return { from, when: 'success', delayMs: 0, plain: true }
}
