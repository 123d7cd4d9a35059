/** From here on the heap of a run outweighs what Node itself takes. */
const manyInstances = 500
/** From here on memory is dearer than the last tenth of speed. */
const veryManyInstances = 5000
/** Objects of 56 bytes: more than the young generation holds before it has grown. */
const survivors = 25_000

let isKept = false

/**
 * Keeps memory small in a run of many instances, or of nobody knows how many: V8's young generation keeps the size it has, the old one is collected
 * when it has grown by a fifth, and what dies young is collected also while the old generation is being marked, which takes longer the busier the
 * machine is: the heap would grow by half meanwhile. In the largest runs V8 does without its compiler in the middle, whose work on other threads leaves
 * 10 MB behind; in the others the young generation grows once, from 1 MB to 4, and is collected a quarter as often. These flags are read whenever they
 * matter. An engine older than the one they were measured with may not know them and is left as it is; a small run is spared the loading of `v8`.
 */
export function keepHeapSmall(instances?: number): void {
  if ((instances ?? manyInstances) < manyInstances || Number.parseInt(process.versions.node, 10) < 24) return
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  const isLargest = instances !== undefined && instances >= veryManyInstances
  if (isLargest) setFlagsFromString('--no-maglev')
  if (isKept) return
  isKept = true
  if (instances !== undefined && !isLargest) growOnce(setFlagsFromString)
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--no-separate-gc-phases')
}

/** The young generation grows by what survives in it, and by nothing else. */
function growOnce(setFlag: (flag: string) => void): void {
  setFlag('--semi-space-growth-factor=4')
  Array.from({ length: survivors }, (_, at) => ({ at, and: at, on: at, more: at }))
}
