import type { CustomRuntime } from '../core/custom-runtime.ts';
import type { RuntimeEntry } from './schema.ts';
/** A runtime as a file declares it: what `readRuntimes` reads back to the same. */
export declare function printRuntime(runtime: CustomRuntime): RuntimeEntry;
