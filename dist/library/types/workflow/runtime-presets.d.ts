import type { RuntimeEntry } from './schema.ts';
/**
 * Known CLIs as entries of `runtimes:`, by what their makers document: nobody drove them here, as docs/runtimes.md says. Figures are left out where
 * nobody held them against a ledger, so they are unknown.
 */
export declare const runtimePresets: Readonly<Record<NonNullable<RuntimeEntry['preset']>, RuntimeEntry>>;
