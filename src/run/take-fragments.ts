import { copyFileSync, linkSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { RunEvent } from '../core/event.ts'
import { version } from '../core/version.ts'
import type { RunShard } from './run-shard.ts'

/** A clock that can be held at the times of what others left. */
export interface HeldClock {
  now(): number
  hold(at: number): void
  goOn(): void
}

/** The clock of a run. One that collects knows only the times of what it collects, so that it says the same whenever it does. */
export function createHeldClock(steady: () => number, shard: RunShard | undefined): HeldClock {
  const collects = shard !== undefined && shard.part.name === undefined
  let held: number | undefined = collects ? shard.beganAt : undefined
  return {
    now: () => held ?? steady(),
    hold(at) {
      held = at
    },
    goOn() {
      if (!collects) held = undefined
    },
  }
}

/** Sends what other shards left into a run that has just started, each event at its time, and says that there is no more. Files that events name come along. */
export function takeFragments(
  { events, resumes }: RunShard,
  runDirectory: string,
  clock: HeldClock,
  send: (event: RunEvent) => void,
): void {
  // What has been taken in is not held on to.
  events.reverse()
  for (let next = events.pop(); next !== undefined; next = events.pop()) {
    const { at, fragment } = next
    const event = next.load()
    bringFiles(event, fragment.directory, runDirectory)
    clock.hold(at)
    send(event)
  }
  clock.goOn()
  if (resumes) send({ type: 'run.resumed', version, changed: [] })
  send({ type: 'fragments.taken' })
}

/** A file that is not there is missed when somebody reads it; texts have been looked at before. */
function bringFiles(event: RunEvent, directory: string, runDirectory: string): void {
  if (event.type !== 'attempt.ended') return
  const { stdoutFile, stderrFile, patchFile, transcriptFile, textFile, jsonFile } = event
  for (const file of [stdoutFile, stderrFile, patchFile, transcriptFile, textFile?.file, jsonFile?.file]) {
    if (file === null || file === undefined) continue
    const from = join(directory, file)
    if (lstatSync(from, { throwIfNoEntry: false })?.isFile() !== true) continue
    const to = join(runDirectory, file)
    if (lstatSync(to, { throwIfNoEntry: false }) === undefined) place(from, to)
  }
}

function place(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}
