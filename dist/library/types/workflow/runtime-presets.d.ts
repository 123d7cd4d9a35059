import type { RuntimeEntry } from './schema.ts';
/**
 * What the makers of these CLIs document of them, as entries of `runtimes:`. None of them was driven here: docs/runtimes.md says so. Their figures
 * are left out where nobody held them against a ledger, so they are unknown.
 */
export declare const runtimePresets: Readonly<Record<NonNullable<RuntimeEntry['preset']>, RuntimeEntry>>;
