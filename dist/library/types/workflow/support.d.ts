import { type RuntimeFacts, type RuntimeKey } from '../core/runtime.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Layer, Settings } from './settings.ts';
/** A key that stands in an entry itself, not in a map inside it. */
type WrittenKey = Exclude<RuntimeKey, `${string}.${string}`>;
/** Whether a key depends on what the runtime can do. */
export declare function isRuntimeKey(key: string): key is WrittenKey;
/**
 * Reports keys that the runtime has no spelling for. On the instance and its agent they are errors; in `defaults`, which
 * speak to all, a warning where an agent goes without. Under a fallback they are warnings, and the layers come back without them.
 * No agent goes without `safety` and `credentials: proxy`.
 */
export declare function checkSupport(draft: Draft, layers: readonly Layer[], facts: RuntimeFacts, compiling: Compiling): Layer[];
/** Reports a tier of `safety` that the runtime cannot keep to, wherever it is asked for. */
export declare function checkSafety(draft: Draft, settings: Settings, facts: RuntimeFacts, compiling: Compiling): void;
export {};
