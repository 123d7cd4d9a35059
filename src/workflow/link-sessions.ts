import { processesOf } from '../core/definitions.ts'
import type { Instance, ProcessDefinition, ProcessInstance } from '../core/instance.ts'
import type { SessionRule } from '../core/session.ts'
import type { NeedRead } from './check-expressions.ts'
import type { Compiling } from './compiling.ts'
import { resolveName, visibleNames, type Draft } from './draft.ts'
import { placeAt } from './expression-places.ts'
import { nearestName } from './suggestion.ts'

/** A `session` of the file: a read of the instance that it names, which must have ended by then as one that an expression reads. */
export interface SessionRead extends NeedRead {
  readonly fork: boolean
}

/** The `session` of every draft that has one; names that mean nothing are reported and left out. */
export function readSessions(drafts: readonly Draft[], { file, diagnostics }: Compiling): SessionRead[] {
  const withSession = drafts.filter(({ kind, entry }) => kind === 'process' && entry.session !== undefined)
  if (withSession.length === 0) return []
  const ids = new Set(drafts.filter(({ kind }) => kind !== 'gate').map(({ id }) => id))
  return withSession.flatMap((draft) => {
    const text = draft.entry.session ?? ''
    const offset = text.indexOf(' ') + 1
    const name = text.slice(offset)
    const place = placeAt(text, 'text', draft.entry, 'session', file.origins)
    const id = resolveName(name, draft.scope, ids)
    if (id !== undefined)
      return [{ draft, name, id, place, offset, length: name.length, fork: text.startsWith('fork') }]
    const near = nearestName(name, visibleNames(draft.scope))
    if (draft.isFirst)
      diagnostics.error('unknown-instance', `unknown instance \`${name}\``, place.rangeOf(offset, name.length), {
        hint: near === undefined ? undefined : `Did you mean \`${near}\`?`,
      })
    return []
  })
}

/** The plan with its sessions: who takes one up knows whose, and whose is taken up keeps it. What cannot be taken up is reported. */
export function linkSessions(
  instances: readonly Instance[],
  reads: readonly SessionRead[],
  compiling: Compiling,
): readonly Instance[] {
  if (reads.length === 0) return instances
  const { diagnostics, file, runtimes } = compiling
  const processes = new Map(processesOf(instances).map((each) => [each.id, each]))
  const takers = new Map<string, SessionRead>()
  const reported = new Set<object>()
  for (const read of reads) if (isPossible(read)) checkAlone(read)
  const rules = new Map(reads.map(({ draft, id, fork }) => [draft.id, { from: id, fork }]))
  const kept = new Set(reads.map(({ id }) => id))
  return instances.map((each) => withSessions(each, rules, kept))

  function isPossible(read: SessionRead): boolean {
    const { draft, id, name } = read
    const reader = processes.get(draft.id)
    const upstream = processes.get(id)
    // What else is wrong with these has been reported.
    if (reader === undefined || reader.process.action.kind !== 'prompt' || reader.id === id) return false
    const unable = runtimesOf(reader).find((runtime) => runtimes.get(runtime)?.continues !== true)
    if (unable !== undefined) {
      const able = [...runtimes.values()].filter(({ continues }) => continues === true)
      const names = able.map((facts) => `\`${facts.name}\``).join(' and ')
      return refuse(
        read,
        'unsupported-key',
        `the runtime \`${unable}\` does not support \`session\``,
        `${names} support it${unable === reader.process.runtime ? '' : '; a `fallback` of this instance must run on the same one'}.`,
      )
    }
    if (upstream === undefined) {
      const group = instances.find((each) => each.id === id)
      const isMatrix = group?.kind === 'group' && group.form === 'matrix'
      const [member = ''] = group?.kind === 'group' ? group.members : []
      return refuse(
        read,
        'no-session',
        isMatrix ? `each cell of \`${name}\` has a session of its own` : `\`${name}\` is a group, which has no session`,
        member === ''
          ? 'Take up the session of a single instance.'
          : `Name one ${isMatrix ? 'cell' : 'member'}, such as \`${draft.entry.session?.split(' ')[0]} ${member}\`.`,
      )
    }
    const [own] = runtimesOf(reader)
    const foreign = [...runtimesOf(reader), ...runtimesOf(upstream)].find((runtime) => runtime !== own)
    if (foreign === undefined) return true
    return refuse(
      read,
      'no-session',
      upstream.process.runtime === own
        ? `\`${name}\` or \`${draft.id}\` may fall back to \`${foreign}\`, which cannot take up a session of \`${own}\``
        : `\`${name}\` runs on \`${upstream.process.runtime}\`, whose session \`${own}\` cannot take up`,
      'Both must run on the same runtime, whatever they fall back to.',
    )
  }

  /** Who goes on with a conversation is alone with it: a second one would begin where the first did, under the same session. */
  function checkAlone(read: SessionRead): void {
    const { draft, id, name, fork } = read
    if (fork) return
    const first = takers.get(id)
    takers.set(id, first ?? read)
    const often = isRepeated(draft.id, id)
    if (first === undefined && !often) return
    if (reported.has(draft.entry)) return
    reported.add(draft.entry)
    const isOften = often || first?.draft.entry === draft.entry
    diagnostics.error(
      'session-taken',
      isOften
        ? `\`${nameOf(read)}\` would continue the session of \`${name}\` more than once`
        : `\`${nameOf(first ?? read)}\` already continues the session of \`${name}\``,
      file.origins.ofValue(draft.entry, 'session'),
      {
        hint: `Write \`fork ${name}\`: each gets a copy of the conversation.`,
        notes:
          first === undefined || isOften
            ? []
            : [{ message: 'it does so here', range: file.origins.ofValue(first.draft.entry, 'session') }],
      },
    )
  }

  /** Whether a dynamic matrix or a repeated group is around a reader that its upstream is not in. */
  function isRepeated(reader: string, upstream: string): boolean {
    return instances.some(
      (each) =>
        each.kind === 'group' &&
        (each.repeat !== undefined || reader.startsWith(`${each.id}.*`)) &&
        reader.startsWith(`${each.id}.`) &&
        !upstream.startsWith(`${each.id}.`),
    )
  }

  function refuse({ draft, place, offset, length }: SessionRead, code: string, message: string, hint: string): false {
    if (draft.isFirst) diagnostics.error(code, message, place.rangeOf(offset, length), { hint })
    return false
  }
}

/** What the file calls a reader: of a matrix all cells are one. */
const nameOf = ({ draft }: SessionRead): string =>
  (draft.isFirst ? draft.id : (draft.parent ?? draft.id)).replaceAll('.*', '')

/** What an instance may run on, its own runtime first. */
function runtimesOf({ process, fallback }: ProcessInstance): [string, ...string[]] {
  return [process.runtime, ...fallback.flatMap((way) => way.process?.runtime ?? way.runtime ?? [])]
}

function withSessions(
  instance: Instance,
  rules: ReadonlyMap<string, SessionRule>,
  kept: ReadonlySet<string>,
): Instance {
  if (instance.kind === 'gate' && instance.expansion !== undefined) {
    const template = instance.expansion.template.map((each) => withSessions(each, rules, kept))
    return { ...instance, expansion: { ...instance.expansion, template } }
  }
  const session = rules.get(instance.id)
  if (instance.kind !== 'process' || (session === undefined && !kept.has(instance.id))) return instance
  const mark = (process: ProcessDefinition): ProcessDefinition => ({
    ...process,
    ...(session && { session }),
    ...(kept.has(instance.id) && { keepsSession: true }),
  })
  const fallback = instance.fallback.map((way) => (way.process ? { ...way, process: mark(way.process) } : way))
  return { ...instance, process: mark(instance.process), fallback }
}
