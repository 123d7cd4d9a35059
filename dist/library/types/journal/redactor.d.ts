import type { Redactor } from '../core/redactor.ts';
/**
 * Masks the given values (from four characters on) in every form of `secretForms`, and whatever looks like a token of a known
 * provider. Text and streams are scanned as bytes, in one pass whatever the number of secrets; and once more as they will be seen where that
 * may differ: taking colours or unseen characters out must not put a secret together again. The views that a stream returns are valid until
 * the next call of anything of the same redactor.
 */
export declare function createRedactor(secrets: readonly string[]): Redactor;
