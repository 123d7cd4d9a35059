import type { LinkRule } from '../core/link.ts'
import { ageMs } from './amounts.ts'
import type { Diagnostics } from './diagnostics.ts'
import type { GroupDraft, Scope } from './draft.ts'
import type { MergedFile } from './merged-file.ts'
import { namePattern } from './name-pattern.ts'
import type { Plain } from './origins.ts'
import type { EdgeEntry } from './schema.ts'
import type { InstanceEntry } from './schema-instance.ts'

/** Keys that say something of a link. */
const linkKeys = ['as', 'branch', 'max-age', 'optional'] as const

/**
 * The links of a file, each once: entries of `needs` with `run`. They stand at the top of the file whoever needs them, so that every instance may name
 * them; `names` is told what they are called. What is wrong with them is reported.
 */
export function readLinks(file: MergedFile, top: Scope, diagnostics: Diagnostics): GroupDraft[] {
  const { origins } = file
  const drafts = new Map<string, GroupDraft & { readonly link: LinkRule }>()
  for (const { value } of file.instances.values()) visit(value)
  return [...drafts.values()]

  function visit(entry: InstanceEntry): void {
    const { needs, sequence, parallel = [], strategy } = entry
    // What is no map, or could not be read, has been reported.
    for (const item of Array.isArray(needs) ? needs : [needs]) if (typeof item === 'object') readLink(item)
    const members = [...(sequence ?? []), ...Object.values(parallel), ...Object.values(strategy?.variant ?? {})]
    for (const member of members) if (typeof member === 'object') visit(member)
  }

  function readLink(item: EdgeEntry): void {
    const { run, branch, 'max-age': maxAge } = item
    if (run === undefined) return refuseOthers(item)
    if (item.instance !== undefined) return refuse(item, 'instance', 'it says which instance, `run` which other run')
    for (const key of ['at-least', 'cancel-rest'] as const)
      if (item[key] !== undefined) return refuse(item, key, 'the instances of another run are not counted')
    const id = linkName(item)
    if (id === undefined) {
      diagnostics.error('missing-key', '`as` is missing', origins.ofValue(item, 'run'), {
        hint: `\`${run}\` gives no name by which \`needs\` could call it: add one, such as \`as: nightly\`.`,
      })
      return
    }
    if (file.instances.has(id)) {
      diagnostics.error('duplicate-id', `\`${id}\` is the id of an instance`, origins.ofValue(item, 'run'), {
        hint: 'Give the link another name with `as`.',
      })
      return
    }
    const link = {
      run,
      ...(branch !== undefined && { branch }),
      ...(maxAge !== undefined && { maxAgeMs: ageMs(maxAge) }),
    }
    const known = drafts.get(id)
    if (known === undefined) {
      top.names.set(id, id)
      drafts.set(id, draftOf(id, link, item, top))
    } else if (JSON.stringify(known.link) !== JSON.stringify(link))
      diagnostics.error('duplicate-id', `\`${id}\` is the name of another link`, origins.ofValue(item, 'run'), {
        notes: [{ message: 'first named here', range: origins.ofValue(known.owner, 'run') }],
        hint: 'Say the same of both, or give one another name with `as`.',
      })
  }

  function refuse(item: EdgeEntry, key: keyof EdgeEntry, why: string): void {
    diagnostics.error('conflicting-keys', `\`run\` and \`${key}\` cannot be combined`, origins.ofKey(item, key), {
      hint: `Remove one: ${why}.`,
    })
  }

  function refuseOthers(item: EdgeEntry): void {
    const key = linkKeys.find((name) => item[name] !== undefined)
    if (key !== undefined)
      diagnostics.error('missing-key', '`run` is missing', origins.ofKey(item, key), {
        hint: `\`${key}\` describes a run of another orchestration.`,
      })
    else if (item.instance === undefined && !hasKey(item, 'instance') && !hasKey(item, 'run'))
      diagnostics.error('missing-key', '`instance` is missing', origins.ofPlain(item), {
        hint: 'An item of `needs` must be a map such as `{ instance: tests, when: failure }`.',
      })
  }
}

/** What a link is called: `as`, or `run` without what makes it a file; undefined where that is no name. */
export function linkName({ run = '', as }: Pick<EdgeEntry, 'run' | 'as'>): string | undefined {
  const name = as ?? run.replace(/^.*\//, '').replace(/\.ya?ml$/, '')
  return namePattern.test(name) ? name : undefined
}

function hasKey(item: Plain, key: string): boolean {
  return Object.hasOwn(item, key)
}

function draftOf(id: string, link: LinkRule, owner: EdgeEntry, outer: Scope) {
  return {
    kind: 'group',
    form: 'link',
    id,
    label: id,
    key: id,
    parent: undefined,
    previous: undefined,
    entry: {},
    owner,
    ownerKey: 'run',
    scope: outer,
    edges: [],
    isEntrance: false,
    matrix: undefined,
    matrixKeys: undefined,
    inRound: false,
    round: undefined,
    isFirst: true,
    gate: `${id}..open`,
    members: [],
    inner: { outer, names: new Map<string, string>() },
    link,
  } as const
}
