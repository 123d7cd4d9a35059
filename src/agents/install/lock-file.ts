import { parseJson } from '../../core/parse-json.ts'
import { isObject } from '../../core/is-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Refusal } from '../../core/refusal.ts'
import type { Package } from '../agent.ts'
import { textField } from '../json-fields.ts'

/** Where a repository keeps the integrity of the CLIs that are installed for it, from its root. */
export const lockPath = '.github/orchestrator.lock.json'

/**
 * What npm found out about one version of a CLI: the `packages` of a package-lock.json without its root and without addresses, so that
 * it holds behind any registry (https://docs.npmjs.com/cli/configuring-npm/package-lock-json).
 */
export interface LockEntry {
  readonly npm: string
  readonly packages: JsonObject
}

/** Entries by `<runtime>@<version>`. */
export type LockEntries = Readonly<Record<string, LockEntry>>

/** The name of an entry. */
export function lockKey(runtime: string, version: string): string {
  return `${runtime}@${version}`
}

const makeAgain = 'make it again: orchestrator runtimes lock'

/** Reads a lock file, or says what is wrong with it. */
export function readLock(text: string): { readonly entries: LockEntries } | Refusal {
  try {
    const file: unknown = parseJson(text)
    if (!isObject<{ v?: unknown; runtimes?: unknown }>(file) || file.v !== 1 || !isObject(file.runtimes))
      return { mistake: `${lockPath} is not a lock file of this version`, hint: makeAgain }
    const entries: Record<string, LockEntry> = {}
    for (const [key, entry] of Object.entries(file.runtimes)) {
      if (!isEntry(entry)) return { mistake: `${lockPath} has no complete entry for ${key}`, hint: makeAgain }
      entries[key] = entry
    }
    return { entries }
  } catch {
    return { mistake: `${lockPath} is not JSON`, hint: makeAgain }
  }
}

function isEntry(entry: unknown): entry is LockEntry {
  if (!isObject<{ npm?: unknown; packages?: unknown }>(entry) || typeof entry.npm !== 'string') return false
  const { packages } = entry
  return (
    isObject<Record<string, unknown>>(packages) &&
    Object.keys(packages).length > 0 &&
    Object.values(packages).every(
      (each) => isObject<{ integrity?: unknown }>(each) && typeof each.integrity === 'string',
    )
  )
}

/** The text of a lock file, its entries in order, so that equal ones are equal to git. */
export function printLock(entries: LockEntries): string {
  const runtimes = Object.fromEntries(Object.entries(entries).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  return `${JSON.stringify({ v: 1, runtimes }, null, 2)}\n`
}

/** The package.json by which npm installs a CLI. */
export function packageJsonOf({ npm }: Pick<Package, 'npm'>, version: string): string {
  return JSON.stringify({ name: 'runtime', version: '0.0.0', private: true, dependencies: { [npm]: version } })
}

/**
 * The package-lock.json of an entry, for `npm ci`. With addresses, npm asks no registry for what it has: it then finds a package by its integrity, whatever
 * the address says.
 */
export function packageLockOf({ npm, packages }: LockEntry, version: string, withAddresses: boolean): string {
  const root = { name: 'runtime', version: '0.0.0', dependencies: { [npm]: version } }
  const entries = Object.entries(packages).map(([path, fields]) => [
    path,
    isObject(fields) && withAddresses ? { resolved: addressOf(path, fields), ...fields } : fields,
  ])
  return JSON.stringify({
    name: 'runtime',
    version: '0.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: { '': root, ...Object.fromEntries(entries) },
  })
}

function addressOf(path: string, fields: JsonObject): string {
  const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
  return `https://registry.npmjs.org/${name}/-/${name.slice(name.indexOf('/') + 1)}-${textField(fields, 'version')}.tgz`
}
