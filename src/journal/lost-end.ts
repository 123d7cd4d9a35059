import { blankEnd } from '../core/blank-end.ts'
import type { AttemptEnded } from '../core/event.ts'

/** The end of an attempt of which nobody can tell how it went on: what it did is not known, what it cost is at least what it last said. `detail` says why. */
export function lostEnd(
  last: Pick<AttemptEnded, 'id' | 'attempt' | 'runtime' | 'model' | 'accounting' | 'durationMs'>,
  detail: string,
): AttemptEnded {
  const { accounting } = last
  return blankEnd({
    ...last,
    failure: { kind: 'lost', detail },
    accounting: accounting.costSource === 'none' ? accounting : { ...accounting, partial: true },
  })
}
