import type { PackageStore } from '../core/package-store.ts'
import { messageOf } from '../core/message-of.ts'
import { answeredWithin } from './answered-within.ts'

/** A store in the cache of Actions, and the wait for what is still being saved. */
export interface CacheStore extends PackageStore {
  /** Settles when everything is saved, or given up. */
  finish(): Promise<void>
}

/** A silent service keeps no instance waiting and no step alive. */
const patienceMs = 120_000

/**
 * Keeps the packages of CLIs in the cache of Actions (https://docs.github.com/actions/reference/workflows-and-actions/dependency-caching). The client is
 * loaded on first use. What comes of it is npm's to check: a cache can be written by whoever runs in a workflow. No failure of the service is one of
 * the run's; `warn` is told.
 */
export function createPackageStore(warn: (message: string) => void, mostMs = patienceMs): CacheStore {
  const saving = new Set<Promise<unknown>>()
  const attempt = async <T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await answeredWithin(mostMs, work)
    } catch (error) {
      warn(`The cache of Actions could not be ${what}: ${messageOf(error)}`)
      return otherwise
    }
  }
  return {
    restore: (folder, key) =>
      attempt(
        'read',
        async () => (await (await import('@actions/cache')).restoreCache([folder], key)) !== undefined,
        false,
      ),
    async save(folder, key) {
      const saved = attempt('written', async () => (await import('@actions/cache')).saveCache([folder], key), -1)
      saving.add(saved)
      await saved
      saving.delete(saved)
    },
    async finish() {
      await Promise.all(saving)
    },
  }
}
