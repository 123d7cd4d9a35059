import type { Draft } from './draft.ts'
import type { Role } from './expression-places.ts'

/** Why a context that there is elsewhere is not here. */
export function hintForContext(context: string, role: Role, draft: Draft | undefined): string | undefined {
  switch (context.toLowerCase()) {
    case 'matrix':
      if (draft === undefined) return undefined
      return draft.kind === 'gate' && draft.entry.strategy?.matrix !== undefined && role === 'condition'
        ? '`if` is evaluated once, before the matrix is expanded.'
        : 'It exists where the instance, or a group around it, has `strategy.matrix`.'
    case 'previous':
      return draft === undefined ? undefined : 'It is the step before this one in a `sequence`; there is none here.'
    case 'previous-round':
      return 'It is the round before this one, and is only available inside a `sequence` with `repeat`.'
    case 'result':
      return 'It is the result of the instance itself, and is only available in its `outputs`.'
    default:
      return undefined
  }
}
