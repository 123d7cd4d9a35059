import type { MemoryStore } from '../core/memory.ts'
import { noHistory as emptyHistory } from '../run/history.ts'

/** Of a step without a token: an instance that remembers begins with nothing, and is told that nothing is kept. */
export const noMemory: MemoryStore = {
  refusal: 'there is no `github-token`',
  read: () => Promise.resolve({ files: new Map(), version: '' }),
  write: () => Promise.resolve([]),
}

/** The history of a job, whose machine nobody sees again. */
export const noHistory = emptyHistory('the action keeps no history from one job to the next')
