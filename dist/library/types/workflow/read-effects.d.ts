import type { EffectRules } from '../core/effect.ts';
import type { Compiling } from './compiling.ts';
import type { ProcessDraft } from './draft.ts';
import type { Settings } from './settings.ts';
/** What an instance may ask for on GitHub; undefined where that is nothing. */
export declare function readEffects({ entry }: ProcessDraft, settings: Settings, compiling: Compiling): EffectRules | undefined;
