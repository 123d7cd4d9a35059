import type { EffectBounds } from '../core/effect.ts';
import type { ProcessDefinition } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
import type { ProcessDraft } from './draft.ts';
import type { OrchestrationFile } from './schema.ts';
import type { Settings } from './settings.ts';
/** What an instance leaves outside of its run: its outcome, what it may ask for on GitHub, and what it remembers. */
export declare function readOutside(draft: ProcessDraft, settings: Settings, compiling: Compiling): Pick<ProcessDefinition, 'cache' | 'effects' | 'memory'>;
/** What all instances of a run may do together; undefined where the file does not say. */
export declare function readEffectBounds(entry: OrchestrationFile['effects']): EffectBounds | undefined;
