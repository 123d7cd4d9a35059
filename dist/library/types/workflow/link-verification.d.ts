import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
/** The plan with the edges of its verification: from everything that reports findings, however that ends. */
export declare function linkVerification(instances: readonly Instance[], compiling: Compiling): readonly Instance[];
