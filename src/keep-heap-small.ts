/** From here on the heap of a run outweighs what Node itself takes. */
const manyInstances = 500
/** From here on memory is dearer than the last tenth of speed. */
const veryManyInstances = 5000

/**
 * Keeps memory small in a run of thousands of instances: V8's young generation keeps the size it has, the old one is collected when it
 * has grown by a fifth, and what dies young is collected also while the old generation is being marked, which takes longer the busier the machine
 * is: the heap would grow by half meanwhile. In the largest runs V8 does without its compiler in the middle, whose work on other threads leaves 10 MB
 * behind. These flags are read whenever they matter. An engine older than the one they were measured with may not know them and is left as it is; a
 * small run is spared the loading of `v8`.
 */
export function keepHeapSmall(instances = manyInstances): void {
  if (instances < manyInstances || Number.parseInt(process.versions.node, 10) < 24) return
  const { setFlagsFromString } = process.getBuiltinModule('node:v8')
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
  setFlagsFromString('--no-separate-gc-phases')
  if (instances >= veryManyInstances) setFlagsFromString('--no-maglev')
}
