import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
/** A gate, or a file of findings, of a run in which nothing reports any would be green whatever happened. */
export declare function checkFindings(instances: readonly Instance[], { file, diagnostics }: Compiling): void;
