/** Milliseconds on a clock that is never set; `performance.now()` tells the same, but loading it costs every start a millisecond or two. */
export function monotonicMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
