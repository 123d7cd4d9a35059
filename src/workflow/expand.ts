import type { Edge } from '../core/instance.ts'
import type { JsonObject } from '../core/json.ts'
import { cellLabel, renderMatrixLabel, type MatrixCell } from '../core/matrix.ts'
import { checkEntry } from './check-entry.ts'
import { hasExpression } from '../expression/template.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { Draft, Scope } from './draft.ts'
import { closingMember, edgesWithin, refuseOwnWorktree, type Member } from './group-worktree.ts'
import { readLinks } from './links.ts'
import { madeMatrix, type MadeMatrix } from './made-matrix.ts'
import { readMatrix } from './matrix-entry.ts'
import type { MergedFile } from './merged-file.ts'
import type { Plain } from './origins.ts'
import type { InstanceEntry } from './schema-instance.ts'
import { closing, structural } from '../core/structural-edges.ts'
import { checkVariants, variantsOf, type Variant } from './variants.ts'

/** A place in the tree of groups where an entry is expanded. */
interface Site {
  readonly id: string
  readonly key: string
  readonly entry: InstanceEntry
  readonly owner: Plain
  readonly ownerKey: string | number
  readonly scope: Scope
  readonly parent: string | undefined
  readonly edges: readonly Edge[]
  readonly previous: string | undefined
  readonly groups: readonly InstanceEntry[]
  /** Id of the group around it that has a worktree, and whether this keeps its changes. */
  readonly worktree: string | undefined
  readonly closes: boolean
  readonly matrix: JsonObject | undefined
  readonly matrixKeys: ReadonlySet<string> | 'unknown' | undefined
  readonly inRound: boolean
  readonly round: ReadonlySet<string> | undefined
  readonly isFirst: boolean
  /** Set for a cell of a matrix: needs, condition and strategy belong to the matrix. */
  readonly cell: MatrixCell | undefined | 'template'
  /** Of a cell: it is a variant, and so an entry of its own. */
  readonly isVariant?: boolean
}

/** Most characters of an id: with the endings of its files it must be a name that a file can have. */
const idLimit = 200

/** Turns the instances of a file into drafts: groups into gate, members and group, matrices into cells. */
export function expandInstances(file: MergedFile, diagnostics: Diagnostics): Draft[] {
  const { origins } = file
  const drafts: Draft[] = []

  function expand(site: Site, into: Draft[]): void {
    const { entry, cell } = site
    const made = cell === undefined ? madeMatrix(entry, file.verification) : undefined
    const variants = cell === undefined ? entry.strategy?.variant : undefined
    if (cell === undefined && site.isFirst) checkVariants(entry, origins, diagnostics)
    if (site.isFirst && site.id.length > idLimit) reportLongId(site)
    if (site.worktree !== undefined && site.isFirst) refuseOwnWorktree(entry, origins, diagnostics)
    if ((cell === undefined || site.isVariant) && variants === undefined && site.isFirst)
      checkEntry(
        entry,
        site.owner,
        site.ownerKey,
        site.matrixKeys !== undefined || entry.strategy?.matrix !== undefined || made !== undefined,
        origins,
        diagnostics,
      )
    if (variants !== undefined || (cell === undefined && (entry.strategy?.matrix !== undefined || made !== undefined)))
      expandMatrix(site, made, into)
    else if (entry.sequence !== undefined || entry.parallel !== undefined) expandGroup(site, into)
    else
      into.push({
        kind: 'process',
        ...commonOf(site),
        groups: site.groups,
        worktree: site.worktree,
        closes: site.closes,
      })
  }

  /** A matrix that is expanded while running adds what its cells are called. */
  function reportLongId({ id, owner, ownerKey }: Site): void {
    diagnostics.error(
      'id-too-long',
      `the id has ${id.length} characters with those of its groups, at most ${idLimit} are allowed`,
      origins.ofKey(owner, ownerKey),
      {
        hint: 'Shorten it, or the ids of the groups around it: files of the run are named after it.',
      },
    )
  }

  function expandGroup(site: Site, into: Draft[]): void {
    const { entry, id } = site
    const isSequence = entry.sequence !== undefined
    const gate = `${id}..open`
    const inner: Scope = { outer: site.scope, names: new Map() }
    const owns = entry.workspace === 'worktree' && site.worktree === undefined
    const members = membersOf(entry)
    const keeper = owns && members.length > 0 ? closingMember(site, members, origins, diagnostics) : []
    members.push(...keeper)
    into.push({ kind: 'gate', ...gateOf(site, gate), group: id, expansion: undefined })
    for (const { key } of members) inner.names.set(key, `${id}.${key}`)
    const around = [...site.groups, entry]
    const repeats = isSequence && entry.repeat !== undefined
    const round = repeats ? new Set(members.map(({ key }) => key)) : site.round
    let before: string | undefined
    for (const member of members) {
      const memberId = `${id}.${member.key}`
      const closes = keeper.includes(member)
      const others = closes ? members.slice(0, -1).map(({ key }) => `${id}.${key}`) : []
      const edges = [structural(gate), ...edgesWithin(entry, others, before)]
      expand(
        {
          ...site,
          ...member,
          id: memberId,
          parent: id,
          scope: inner,
          edges,
          previous: before ?? site.previous,
          groups: around,
          inRound: repeats,
          round,
          worktree: owns ? id : site.worktree,
          closes,
          cell: undefined,
          isVariant: false,
        },
        into,
      )
      if (isSequence) before = memberId
    }
    const ids = members.map(({ key }) => `${id}.${key}`)
    into.push({
      kind: 'group',
      ...commonOf(site),
      isEntrance: false,
      edges: closing([gate, ...ids]),
      form: isSequence ? 'sequence' : 'parallel',
      gate,
      members: ids,
      inner,
      round,
    })
  }

  function expandMatrix(site: Site, made: MadeMatrix | undefined, into: Draft[]): void {
    const { entry, id } = site
    const gate = `${id}..open`
    const variants = variantsOf(entry, origins)
    const matrix =
      variants === undefined
        ? (made?.matrix ?? readMatrix(entry, site.isFirst, origins, diagnostics))
        : { kind: 'static' as const, cells: variants.map((variant) => variant.cell) }
    const outerKeys = site.matrixKeys
    const cellSite = {
      ...site,
      parent: id,
      edges: [structural(gate)],
      inRound: false,
      // The keys of cells are no names: `scope` stays that of the matrix.
    }
    const known = {
      kind: 'group',
      ...commonOf(site, true),
      isEntrance: false,
      form: 'matrix',
      gate,
      inner: site.scope,
    } as const
    if (matrix.kind === 'dynamic') {
      const template: Draft[] = []
      const matrixKeys = matrix.keys === 'unknown' ? ('unknown' as const) : union(outerKeys, matrix.keys)
      expand({ ...cellSite, id: `${id}.*`, key: '*', matrixKeys, cell: 'template' }, template)
      const { value, include, exclude } = matrix
      into.push({
        kind: 'gate',
        ...gateOf(site, gate),
        group: id,
        expansion: {
          matrix: value,
          ...(include !== undefined && { include }),
          ...(exclude !== undefined && { exclude }),
          ...made?.source,
          template,
        },
      })
      into.push({ ...known, members: [], edges: closing([gate]) })
      return
    }
    into.push({ kind: 'gate', ...gateOf(site, gate), group: id, expansion: undefined })
    const keys = union(outerKeys, new Set(matrix.cells.flatMap((cell) => Object.keys(cell.values))))
    for (const [index, cell] of matrix.cells.entries())
      expand(
        {
          ...cellSite,
          id: `${id}.${cell.slug}`,
          key: cell.slug,
          matrix: { ...site.matrix, ...cell.values },
          matrixKeys: keys,
          isFirst: site.isFirst && index === 0,
          ...variantSite(site, variants?.[index]),
          cell,
        },
        into,
      )
    const ids = matrix.cells.map((cell) => `${id}.${cell.slug}`)
    into.push({ ...known, members: ids, edges: closing([gate, ...ids]) })
  }

  function membersOf(entry: InstanceEntry): Member[] {
    const list = entry.sequence ?? entry.parallel ?? []
    const members: Member[] = []
    if (!Array.isArray(list)) {
      for (const [key, member] of Object.entries(list))
        if (member !== undefined) members.push({ key, entry: member, owner: list, ownerKey: key })
      return members
    }
    const taken = new Map<string, number>()
    for (const [index, member] of list.entries()) {
      if (member === undefined) continue
      const key = member.id ?? `step-${index + 1}`
      const first = taken.get(key)
      if (first === undefined) {
        taken.set(key, index)
        members.push({ key, entry: member, owner: list, ownerKey: index })
      } else reportDuplicate(list, first, index, key)
    }
    return members
  }

  function reportDuplicate(list: readonly InstanceEntry[], first: number, second: number, key: string): void {
    const rangeOf = (index: number) => {
      const member = list[index]
      return member?.id === undefined ? origins.ofValue(list, index) : origins.ofValue(member, 'id')
    }
    diagnostics.error('duplicate-id', `\`${key}\` is the id of another instance of this list`, rangeOf(second), {
      notes: [{ message: 'first defined here', range: rangeOf(first) }],
    })
  }

  const none: readonly never[] = []
  const top: Scope = { outer: undefined, names: new Map([...file.instances.keys()].map((id) => [id, id])) }
  drafts.push(...readLinks(file, top, diagnostics))
  for (const [id, { value, owner }] of file.instances)
    expand(
      {
        id,
        key: id,
        entry: value,
        owner,
        ownerKey: id,
        scope: top,
        parent: undefined,
        edges: none,
        previous: undefined,
        groups: none,
        worktree: undefined,
        closes: false,
        matrix: undefined,
        matrixKeys: undefined,
        inRound: false,
        round: undefined,
        isFirst: true,
        cell: undefined,
      },
      drafts,
    )
  return drafts
}

/** Each variant says something of its own, so that each is looked at. */
function variantSite({ isFirst }: Site, variant: Variant | undefined): Partial<Site> {
  if (variant === undefined) return {}
  const { entry, owner, cell } = variant
  return { entry, owner, ownerKey: cell.slug, isFirst, isVariant: true }
}

function commonOf(site: Site, isMatrix = false) {
  const { entry, cell, matrix } = site
  const { groups: _, cell: __, worktree: ___, closes: ____, isVariant: _____, ...common } = site
  const shown = isMatrix && hasExpression(entry.name ?? '') ? undefined : entry.name
  const name = shown ?? (cell === undefined ? site.id : (site.parent ?? site.id))
  const label =
    typeof cell === 'object' ? cellLabel(name, cell) : matrix === undefined ? name : renderMatrixLabel(name, matrix)
  return { ...common, label, isEntrance: cell === undefined }
}

/** A gate has the edges of its group, and its name; what it opens stands in it as a member. */
function gateOf(site: Site, gate: string) {
  return { ...commonOf(site), id: gate, label: gate, inRound: false }
}

function union(
  a: ReadonlySet<string> | 'unknown' | undefined,
  b: ReadonlySet<string>,
): ReadonlySet<string> | 'unknown' {
  return a === 'unknown' ? a : new Set([...(a ?? []), ...b])
}
