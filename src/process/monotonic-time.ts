/** Milliseconds on a clock that is never set; `performance.now()` tells the same, but loading it costs every start a millisecond or two. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}

/**
 * A clock that tells the time of day it was made at and goes on evenly from there: nobody sets it, forwards or back. It never tells less than
 * `least`, what an earlier process had told last.
 */
export function createSteadyClock(now: () => number, least = 0): () => number {
  const startedAt = Math.max(now(), least)
  const startedMs = monotonicMs()
  return () => startedAt + Math.round(monotonicMs() - startedMs)
}
