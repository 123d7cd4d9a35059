import type { CacheRule } from '../core/cache-rule.ts';
import type { Compiling } from './compiling.ts';
import type { ProcessDraft } from './draft.ts';
import type { Settings } from './settings.ts';
/**
 * What an instance that is kept depends on; nothing where it is not kept. What an outcome does not hold cannot be restored: an instance that asks for it
 * itself and leaves more behind is refused, one that has it from `agents` or `defaults` runs each time.
 */
export declare function readCache(draft: ProcessDraft, settings: Settings, compiling: Compiling): {
    readonly cache?: CacheRule;
};
