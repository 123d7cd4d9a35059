import type { Failure } from '../core/failure.ts'
import { plainLine } from '../core/plain-text.ts'

/** Why nothing was started, as a failure. `code` is an errno name or one of ours. */
export const cannotStart = (code: string, detail: string): { failure: Failure } => ({
  failure: { kind: 'spawn', code, detail: plainLine(detail) },
})
