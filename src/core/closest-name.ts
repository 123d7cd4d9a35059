/**
 * The candidate a misspelt name most likely means; undefined when none is near. Upper and lower case and
 * `-` and `_` count as the same, a swap of neighbours as one mistake.
 */
export function closestName(name: string | undefined, candidates: Iterable<string | undefined>): string | undefined {
  if (name === undefined) return undefined
  const wanted = normalized(name)
  const tolerated = Math.max(1, Math.floor(wanted.length / 3))
  let best: string | undefined
  let bestDistance = tolerated + 1
  for (const candidate of candidates) {
    // What was invalid in a list leaves a hole there.
    if (candidate === undefined) continue
    const other = normalized(candidate)
    if (Math.abs(other.length - wanted.length) >= bestDistance || differs(wanted, other, bestDistance)) continue
    const distance = editDistance(wanted, other, bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

function normalized(name: string): string {
  return name.slice(0, 200).toLowerCase().replaceAll('_', '-')
}

/** Whether so many characters of one are not in the other that the distance cannot be below `limit`: quickly said of most names. */
function differs(a: string, b: string, limit: number): boolean {
  counts.fill(0)
  for (let index = 0; index < a.length; index++) counts[a.charCodeAt(index) & 127]!++
  for (let index = 0; index < b.length; index++) counts[b.charCodeAt(index) & 127]!--
  let more = 0
  let less = 0
  for (const count of counts) {
    if (count > 0) more += count
    else less -= count
  }
  return Math.max(more, less) >= limit
}

const counts = new Int16Array(128)

/** Insertions, deletions, replacements and swaps of neighbours from `a` to `b`; `limit` when it is that or more. */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(
        (last[column] ?? limit) + 1,
        (current[column - 1] ?? limit) + 1,
        (last[column - 1] ?? limit) + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        cost = Math.min(cost, (beforeLast[column - 2] ?? limit) + 1)
      current.push(cost)
    }
    if (Math.min(...current) >= limit) return limit
    beforeLast = last
    last = current
  }
  return last[b.length] ?? limit
}
