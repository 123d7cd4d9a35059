import { messageOf } from '../core/message-of.ts'
import type { RunState } from '../core/run-state.ts'

/** An instance whose last attempt has a text that is not in its file any more. */
export interface DamagedText {
  readonly id: string
  /** Names the file. */
  readonly why: string
}

/** Reads every file that the last attempts of a run name and tells of those that are not what was written. */
export function findDamagedTexts({ instances, readText }: RunState): DamagedText[] {
  const damaged: DamagedText[] = []
  for (const [id, { attempts }] of instances) {
    const ended = attempts.at(-1)?.ended
    for (const kept of [ended?.textFile, ended?.jsonFile])
      try {
        if (kept !== undefined) readText?.(kept)
      } catch (error) {
        damaged.push({ id, why: messageOf(error) })
      }
  }
  return damaged
}
