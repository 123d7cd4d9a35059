import { ApiError } from './api.ts'

const tries = 3

/** Whether a request may have been carried out though it failed: its server broke, or its connection; but not that its time was up. */
export function isFateUnknown(error: unknown, signal: AbortSignal): boolean {
  return error instanceof ApiError && (error.status >= 500 || (error.status === 0 && !signal.aborted))
}

/** Work that looks at what is there before it does anything, done again after a request whose fate is unknown (5xx). */
export async function insist<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      if (!isFateUnknown(error, signal) || attempt === tries) throw error
    }
}
