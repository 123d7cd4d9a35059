import type { JsonObject } from '../../core/json.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { Package } from '../agent.ts';
/** Where a repository keeps the integrity of the CLIs that are installed for it, from its root. */
export declare const lockPath = ".github/orchestrator.lock.json";
/**
 * What npm found out about one version of a CLI: the `packages` of a package-lock.json without its root and without addresses, so that
 * it holds behind any registry (https://docs.npmjs.com/cli/configuring-npm/package-lock-json).
 */
export interface LockEntry {
    readonly npm: string;
    readonly packages: JsonObject;
}
/** Entries by `<runtime>@<version>`. */
export type LockEntries = Readonly<Record<string, LockEntry>>;
/** The name of an entry. */
export declare function lockKey(runtime: string, version: string): string;
/** Reads a lock file, or says what is wrong with it. */
export declare function readLock(text: string): {
    readonly entries: LockEntries;
} | Refusal;
/** The text of a lock file, its entries in order, so that equal ones are equal to git. */
export declare function printLock(entries: LockEntries): string;
/** The package.json by which npm installs a CLI. */
export declare function packageJsonOf({ npm }: Pick<Package, 'npm'>, version: string): string;
/**
 * The package-lock.json of an entry, for `npm ci`. With addresses, npm asks no registry for what it has: it then finds a package by its integrity, whatever
 * the address says.
 */
export declare function packageLockOf({ npm, packages }: LockEntry, version: string, withAddresses: boolean): string;
