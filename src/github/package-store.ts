import type { PackageStore } from '../core/package-store.ts'
import { messageOf } from '../core/message-of.ts'

/** A store in the cache of Actions, and the wait for what is still being saved. */
export interface CacheStore extends PackageStore {
  /** Settles when everything is saved, or given up. */
  finish(): Promise<void>
}

/**
 * Keeps the packages of CLIs in the cache of Actions (https://docs.github.com/actions/reference/workflows-and-actions/dependency-caching). The client is
 * loaded on first use. What comes of it is npm's to check: a cache can be written by whoever runs in a workflow. No failure of the service is one of
 * the run's; `warn` is told.
 */
export function createPackageStore(warn: (message: string) => void): CacheStore {
  const saving = new Set<Promise<void>>()
  return {
    async restore(folder, key) {
      try {
        const { restoreCache } = await import('@actions/cache')
        return (await restoreCache([folder], key)) !== undefined
      } catch (error) {
        warn(`The cache of Actions could not be read: ${messageOf(error)}`)
        return false
      }
    },
    save(folder, key) {
      const work = async (): Promise<void> => {
        try {
          const { saveCache } = await import('@actions/cache')
          await saveCache([folder], key)
        } catch (error) {
          warn(`The cache of Actions could not be written: ${messageOf(error)}`)
        }
      }
      const saved = work()
      saving.add(saved)
      return saved.finally(() => saving.delete(saved))
    },
    async finish() {
      await Promise.all(saving)
    },
  }
}
