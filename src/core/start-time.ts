import type { ProcessInstance } from './instance.ts'

/** A `start-at`: a time after the start of the run, or a time of day. */
export type StartAt = NonNullable<ProcessInstance['startAt']>

/** A time of day that was reached no longer ago than this is one that a late start has missed: it is now, not tomorrow. */
export const missedMs = 3_600_000

const dayMs = 86_400_000

/**
 * When `start-at` lets an instance start, epoch milliseconds. A time of day is that of the time zone (an IANA name); one that had passed more than an
 * hour before the run started is tomorrow's.
 */
export function startTimeOf(startAt: StartAt, runStartedAt: number, timeZone: string): number {
  if ('afterMs' in startAt) return runStartedAt + startAt.afterMs
  const [hours = 0, minutes = 0] = startAt.timeOfDay.split(':').map(Number)
  const offsetAt = createOffset(timeZone)
  const localStart = runStartedAt + offsetAt(runStartedAt)
  const midnight = Math.floor(localStart / dayMs) * dayMs
  const nearest = [-1, 0, 1, 2].flatMap((day) =>
    timesShowing(midnight + day * dayMs + (hours * 60 + minutes) * 60_000, offsetAt),
  )
  return nearest.find((time) => time > runStartedAt - missedMs) ?? runStartedAt
}

/** `22:00 (Europe/Berlin)`, `30m after the start of the run`. */
export function describeStartAt(startAt: StartAt, timeZone: string, formatMs: (ms: number) => string): string {
  return 'afterMs' in startAt
    ? `${formatMs(startAt.afterMs)} after the start of the run`
    : `${startAt.timeOfDay} (${timeZone})`
}

/**
 * When clocks show a local time, which is given as it would be in UTC: epoch milliseconds. In an hour that comes twice, because clocks are changed, that
 * is two times; of an hour that is skipped it is the one after.
 */
function timesShowing(local: number, offsetAt: (epochMs: number) => number): number[] {
  const [before, after] = [local - offsetAt(local - dayMs), local - offsetAt(local + dayMs)]
  const shown = [...new Set([before, after])].filter((time) => time + offsetAt(time) === local)
  return shown.length === 0 ? [before] : shown
}

/** How far a zone's clocks are ahead of UTC at a time, milliseconds. */
function createOffset(timeZone: string): (epochMs: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (epochMs) => {
    const at: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
    for (const { type, value } of format.formatToParts(epochMs)) at[type] = Number(value)
    const { year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = at
    return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(epochMs / 1000) * 1000
  }
}
