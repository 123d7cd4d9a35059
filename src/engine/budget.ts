import type { Node, Progress, Scope } from './progress.ts'

/** The budget that a node has to wait for, if any. */
export function isAdmitted(_progress: Progress, _node: Node): Scope | undefined {
  return undefined
}
