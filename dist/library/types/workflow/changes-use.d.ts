import { type ChangesNeeded } from '../core/changes.ts';
import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Origins } from './origins.ts';
import type { Settings } from './settings.ts';
import type { InstanceEntry } from './schema-instance.ts';
/**
 * What of the changes a plan asks for; undefined when nothing, and git is not asked then. `read` is what its expressions read.
 */
export declare function changesNeeded(instances: readonly Instance[], read: ChangesNeeded | undefined): ChangesNeeded | undefined;
/** Reports filters of paths that let nothing through, or mean something else than they seem to. */
export declare function checkPaths(entry: InstanceEntry, origins: Origins, diagnostics: Diagnostics): void;
/** Parts of the diff are no use to who is not shown them. */
export declare function checkSplit({ entry }: Draft, settings: Settings, { file, diagnostics }: Compiling): void;
/** Most bytes of one part of the diff; undefined where there is no `split`, or none that is valid. */
export declare function splitBytesOf({ split }: InstanceEntry): number | undefined;
