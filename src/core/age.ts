/** So much the clocks of two machines may differ. */
const differenceMs = 600_000

/** How long ago something was, milliseconds, at least 0; undefined where it is dated in the future, by more than clocks differ: then nobody knows. */
export function ageOf(at: number, now: number): number | undefined {
  return at - now > differenceMs ? undefined : Math.max(0, now - at)
}
