import type { NeedShape } from '../expression/check.ts'
import type { Draft } from './draft.ts'

/** An instance of another run: it may have anything. */
const anyInstance: NeedShape = { outputs: 'unknown', members: 'unknown' }

/** What is known of an upstream before it has run. */
export function needShape(id: string, byId: ReadonlyMap<string, Draft>): NeedShape {
  const draft = byId.get(id)
  if (draft === undefined) return { outputs: 'unknown' }
  if (draft.kind === 'group' && draft.link !== undefined)
    return { outputs: 'unknown', members: 'unknown', cell: anyInstance, linked: true }
  const declared = draft.entry.outputs
  const setsOthers =
    draft.entry['output-schema'] !== undefined ||
    draft.entry.parse !== undefined ||
    draft.entry.agent !== undefined ||
    draft.entry.requires !== undefined
  const outputs = declared === undefined || setsOthers ? 'unknown' : new Set(Object.keys(declared))
  if (draft.kind !== 'group') return { outputs, matrix: false }
  if (draft.form !== 'matrix') return { outputs, matrix: false, members: new Set(draft.inner.names.keys()) }
  const [first] = draft.members
  const members = first === undefined ? 'unknown' : new Set(draft.members.map((member) => member.slice(id.length + 1)))
  if (draft.entry.strategy?.variant !== undefined)
    return { ...united(draft.members.map((member) => needShape(member, byId))), matrix: true, members }
  return { outputs, matrix: true, members, cell: needShape(first ?? `${id}.*`, byId) }
}

/** What is known of an instance that is one of several. */
function united(shapes: readonly NeedShape[]): Pick<NeedShape, 'outputs' | 'cell'> {
  const lists = shapes.flatMap(({ outputs }) => (outputs === 'unknown' ? [] : [[...outputs]]))
  const outputs = lists.length < shapes.length ? ('unknown' as const) : new Set(lists.flat())
  return { outputs, cell: { outputs } }
}
