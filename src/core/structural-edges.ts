import type { Edge } from './instance.ts'

/** The edge a member has from its gate. */
export function structural(gate: string): Edge {
  return { from: gate, when: 'success', delayMs: 0, plain: false }
}

/** Edges that wait for the end of all of these, however that is: as a group does for its gate and its members. */
export function closing(ids: readonly string[]): Edge[] {
  return ids.map((from) => ({ from, when: 'always', delayMs: 0, plain: false }))
}
