import type { Reporter } from '../core/reporter.ts'

/** How often what changes with time alone is shown anew. */
const refreshMs = 100

/** Lets reporters show that time passes, until the returned function is called. */
export function keepRefreshed<Report>(reporters: readonly Reporter<Report>[]): () => void {
  const refreshed = reporters.filter((reporter) => reporter.refresh !== undefined)
  if (refreshed.length === 0) return () => {}
  const ticker = setInterval(() => {
    for (const reporter of refreshed) reporter.refresh?.()
  }, refreshMs)
  return () => clearInterval(ticker)
}
