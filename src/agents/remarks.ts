import { plainLine } from '../core/plain-text.ts'
import type { Remark, WarningKind } from '../core/expectation.ts'

/** What an attempt is warned of, each once. */
export interface Remarks {
  add(text: string, kind?: WarningKind): void
  all(): Remark[]
}

/** Begins with those of the process before. */
export function createRemarks(earlier: readonly Remark[] = []): Remarks {
  const known = new Map(earlier.map((remark) => [remark.text, remark]))
  return {
    add(text, kind) {
      const line = plainLine(text)
      if (!known.has(line)) known.set(line, { text: line, ...(kind && { kind }) })
    },
    all: () => [...known.values()],
  }
}
