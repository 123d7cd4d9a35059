/** A binary heap: `before(a, b)` says that `a` comes out first. */
export interface Heap<T> {
  readonly items: T[]
  readonly before: (a: T, b: T) => boolean
}

/** An empty heap in the given order. */
export function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  return { items: [], before }
}

/** What comes out next, left inside. */
export function peekHeap<T>(heap: Heap<T>): T | undefined {
  return heap.items[0]
}

/** Adds an item in O(log n). */
export function pushHeap<T>(heap: Heap<T>, item: T): void {
  const { items, before } = heap
  let at = items.length
  while (at > 0) {
    const up = (at - 1) >> 1
    const parent = items[up] as T
    if (!before(item, parent)) break
    items[at] = parent
    at = up
  }
  items[at] = item
}

/** Takes out what comes first in O(log n); undefined when empty. */
export function popHeap<T>(heap: Heap<T>): T | undefined {
  const { items, before } = heap
  const first = items[0]
  const last = items.pop()
  if (last === undefined || items.length === 0) return first
  let at = 0
  for (;;) {
    let down = 2 * at + 1
    if (down >= items.length) break
    if (down + 1 < items.length && before(items[down + 1] as T, items[down] as T)) down++
    const child = items[down] as T
    if (!before(child, last)) break
    items[at] = child
    at = down
  }
  items[at] = last
  return first
}
