import type { RuntimeEntry } from './schema.ts';
/**
 * Known CLIs as entries of `runtimes:`. The first three are driven by `npm run test:clis`; of the others this is what their makers document, as
 * docs/runtimes.md says. Figures are left out where nobody held them against a ledger, so they are unknown.
 */
export declare const runtimePresets: Readonly<Record<NonNullable<RuntimeEntry['preset']>, RuntimeEntry>>;
