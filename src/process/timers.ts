/** Longest delay a timer takes; a longer one would fire at once. */
export const longestTimerMs = 2_147_483_647

/** The timers of one process, cleared together. */
export interface Timers {
  /** A delay longer than a timer can wait (24 days) is never over. */
  after(ms: number, act: () => void): void
  clear(): void
}

/** Creates an empty set of timers. */
export function createTimers(): Timers {
  const timers = new Set<NodeJS.Timeout>()
  return {
    after(ms, act) {
      if (ms > longestTimerMs) return
      const timer = setTimeout(() => {
        timers.delete(timer)
        act()
      }, ms)
      timers.add(timer)
    },
    clear() {
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}
