import { noRun, type LinkedRun } from '../core/link.ts'
import type { JsonObject } from '../core/json.ts'
import type { Reason, Result } from '../core/outcome.ts'
import type { Progress } from './progress.ts'

/** What the run came to that a link names, as the journal has it. */
export function linkedRunOf({ started }: Progress, id: string): LinkedRun {
  return started?.context.links?.[id] ?? noRun('this run began without it')
}

/** How a link ends. A run that did not succeed is no failure of this one. */
export function linkedEnd(
  progress: Progress,
  id: string,
): { readonly outcome: Result; readonly reason: Reason; readonly detail: string; readonly outputs: JsonObject } {
  const { result, reason, detail, outputs } = linkedRunOf(progress, id)
  return { outcome: result, reason, detail, outputs }
}
