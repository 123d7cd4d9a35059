import { ApiError } from './api.ts'

const tries = 3

/** Work that looks at what is there before it does anything, done again after a request whose fate is unknown (5xx). */
export async function insist<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++)
    try {
      return await work()
    } catch (error) {
      const isUnknown = error instanceof ApiError && error.status >= 500
      if (!isUnknown || attempt === tries) throw error
    }
}
