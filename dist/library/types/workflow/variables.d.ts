import type { Diagnostics } from './diagnostics.ts';
import type { Origins } from './origins.ts';
import type { DefaultsEntry } from './schema.ts';
/** Why a variable of the step is not passed on as plain text; undefined where it is. */
export declare function refuseVariable(name: string): {
    message: string;
    hint: string;
} | undefined;
/** Reports names in `env-from` that are secrets. */
export declare function checkEnvFrom(values: Pick<DefaultsEntry, 'env-from'>, origins: Origins, diagnostics: Diagnostics): void;
