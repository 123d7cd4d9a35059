import type { Instance } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
/**
 * Marks the agents that begin with the same: runtime, model, instructions, tools and attachments. Each such set is called by its first instance. Only with
 * `defaults.share-prefix: auto`, and where the runtime can leave a prefix with its provider and say when it is there.
 */
export declare function sharePrefixes(instances: readonly Instance[], { file, runtimes }: Compiling): readonly Instance[];
