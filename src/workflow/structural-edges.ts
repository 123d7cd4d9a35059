import type { Edge } from '../core/instance.ts'

/** The edge a member has from its gate. */
export function structural(gate: string): Edge {
  return { from: gate, when: 'success', delayMs: 0, plain: false }
}

/** The edges a group has: it ends when its gate and all its members have. */
export function closing(gate: string, members: readonly string[]): Edge[] {
  return [gate, ...members].map((from) => ({ from, when: 'always', delayMs: 0, plain: false }))
}
