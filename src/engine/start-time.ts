import type { ProcessInstance } from '../core/instance.ts'

/** When `start-at` lets an instance start, epoch milliseconds; a time of day that was over when the run began is tomorrow's. */
export function startTimeOf(startAt: NonNullable<ProcessInstance['startAt']>, runStartedAt: number): number {
  if ('afterMs' in startAt) return runStartedAt + startAt.afterMs
  const [hours = 0, minutes = 0] = startAt.timeOfDay.split(':').map(Number)
  const time = new Date(runStartedAt)
  time.setHours(hours, minutes, 0, 0)
  if (time.getTime() < runStartedAt) time.setDate(time.getDate() + 1)
  return time.getTime()
}
