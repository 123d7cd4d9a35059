import type { Diagnostics } from './diagnostics.ts';
import type { Origins, Plain } from './origins.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** Checks the keys of one entry against each other: what the schema cannot say, or not kindly. */
export declare function checkEntry(entry: InstanceEntry, owner: Plain, ownerKey: string | number, inMatrix: boolean, origins: Origins, diagnostics: Diagnostics): void;
