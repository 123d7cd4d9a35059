/** GitHub Actions' four words for how something ended. */
export type Result = 'success' | 'failure' | 'cancelled' | 'skipped'

/**
 * Why an instance did not run. `condition`: its `if` was false; `upstream`: an edge was not taken;
 * the others say what kept it from starting.
 */
export type SkipReason =
  | 'condition'
  | 'upstream'
  | 'quota'
  | 'budget'
  | 'approval'
  | 'cancelled'
  | 'unsupported'
  | 'not-selected'

/** Whether `continue-on-error` may make a success of a failure for this reason: not where nothing was even tried. */
export function isForgivable(reason: string): boolean {
  return reason !== 'unsupported'
}

/** Whether something failed and its own `continue-on-error` made a success of that. */
export function hasForgiven(of: {
  readonly result: Result | undefined
  readonly outcome: Result | undefined
}): boolean {
  return of.result === 'success' && of.outcome === 'failure'
}
