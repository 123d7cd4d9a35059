/** From here on the heap of a run outweighs what Node itself takes. */
const manyInstances = 500
/** From here on memory is dearer than the last tenth of speed. */
const veryManyInstances = 5000
/** A process of a small run that has grown to this holds far more than its start left: the output of its agents went through it. */
const grownProcessBytes = 78_000_000
/** The young generation, once it has grown: two halves of four megabytes. */
const grownBytes = 8_388_608
/** Objects of 56 bytes: two thirds of what the young generation holds at first. */
const survivors = 12_000
/** So many times as many fill it at any size at which it is grown. */
const mostSurvivors = 8

let isHeapSmall = false
let lacksTurbofan = false
let isLeftAlone = false
let isTuned = false

/** From here on nothing is tuned (`ORCHESTRATOR_NO_V8_TUNING=1`). */
export function leaveV8Alone(): void {
  isLeftAlone = true
}

/**
 * For what is about to read a file of about so many instances. Reading is over before code that TurboFan has compiled pays for it; in the largest
 * files it does.
 */
export function tuneForReading(instances: number): void {
  if (instances < manyInstances) return
  keepHeapSmall(instances)
  if (instances >= veryManyInstances) return
  lacksTurbofan = true
  setFlag('--no-turbofan')
}

/** For a run of so many instances, which may take hours. */
export function tuneForRunning(instances: number): void {
  if (instances >= manyInstances) keepHeapSmall(instances)
  if (instances >= veryManyInstances) collectGarbage()
  if (!lacksTurbofan) return
  lacksTurbofan = false
  setFlag('--turbofan')
}

/** For the reports of a run of so many instances: what decided on it, and what went through it, makes room for them. */
export function tuneForReporting(instances: number): void {
  const isLarge = isTuned && instances >= veryManyInstances
  const hasGrown = instances < manyInstances && residentBytes() >= grownProcessBytes
  if (isLarge || hasGrown) collectGarbage()
}

/**
 * All that is over goes at once, in 50 to 100 ms where there are 10,000 instances: V8 itself would wait until the heap has grown by a fifth, and would keep
 * the young generation as large as reading a file has made it; a run whose agents printed much collects a few megabytes in 10 ms. It is asked in a context of its own, the only place where it can be asked once it runs.
 */
function collectGarbage(): void {
  if (isLeftAlone || !isKnownEngine()) return
  setFlag('--expose-gc')
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as (options: object) => void
  collect({ type: 'major', flavor: 'last-resort' })
  // What is loaded from here on is taken from kept code again where no other flag is set.
  setFlag('--no-expose-gc')
}

/**
 * Keeps memory small in a run of many instances, or of nobody knows how many. V8's young generation keeps the size it has; where there are less than very
 * many, it grows once, from 1 MB to 4, and is collected a quarter as often. Else the old one is collected when it has grown by a fifth, and what dies young
 * is collected also while the old generation is being marked, which takes longer the busier the machine is: the heap would grow by half meanwhile. In
 * the largest runs V8 does without its compiler in the middle, whose work on other threads leaves 10 MB behind.
 */
export function keepHeapSmall(instances?: number): void {
  const isOfSome = instances !== undefined && instances < veryManyInstances
  if (!isHeapSmall) {
    isHeapSmall = true
    if (isOfSome) growYoungGeneration()
    setFlag('--semi-space-growth-factor=1')
  }
  if (isOfSome) return
  if (instances !== undefined) setFlag('--no-maglev')
  setFlag('--heap-growing-percent=20')
  setFlag('--no-separate-gc-phases')
}

/** It grows by what survives in it, and by nothing else; what is loaded may have made it grow once before. */
function growYoungGeneration(): void {
  if (isLeftAlone || !isKnownEngine()) return
  const alive: unknown[] = []
  for (let size = youngBytes(); size < grownBytes && alive.length < mostSurvivors; size = youngBytes()) {
    setFlag(`--semi-space-growth-factor=${Math.min(4, Math.round(grownBytes / size))}`)
    alive.push(Array.from({ length: survivors }, (_, at) => ({ at, and: at, on: at, more: at })))
  }
}

function youngBytes(): number {
  const spaces = process.getBuiltinModule('node:v8').getHeapSpaceStatistics()
  return spaces.find((space) => space.space_name === 'new_space')?.space_size ?? grownBytes
}

/** 0 where there is no /proc to ask. */
function residentBytes(): number {
  try {
    return process.memoryUsage.rss()
  } catch {
    return 0
  }
}

function isKnownEngine(): boolean {
  return Number.parseInt(process.versions.node, 10) >= 24
}

/**
 * These flags are read whenever they matter. An engine older than the one they were measured with may not know them and is left as it is; a small
 * run is spared the loading of `v8`.
 */
function setFlag(flag: string): void {
  if (isLeftAlone || !isKnownEngine()) return
  if (!isTuned) process.prependOnceListener('exit', setFlagsBack)
  isTuned = true
  process.getBuiltinModule('node:v8').setFlagsFromString(flag)
}

function setFlagsBack(): void {
  for (const flag of defaults) process.getBuiltinModule('node:v8').setFlagsFromString(flag)
}

/** As V8 has them. Code that is kept as the process ends (`src/cli/start.ts`) carries the flags of that moment, and a start with others refuses it. */
const defaults = [
  '--maglev',
  '--turbofan',
  '--semi-space-growth-factor=2',
  '--heap-growing-percent=0',
  '--separate-gc-phases',
  '--no-expose-gc',
]
