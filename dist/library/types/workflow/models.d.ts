import { type RuntimeFacts } from '../core/runtime.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Settings } from './settings.ts';
/**
 * The model that an instance asks for. A default that says nothing of a runtime never crosses vendors: it is for the runtime of the
 * defaults, or for that of the vendor it names. Another vendor's model that is written for the instance is passed on with a warning,
 * since behind a gateway it may be right.
 */
export declare function readModel(draft: Draft, settings: Settings, facts: RuntimeFacts, compiling: Compiling): string | undefined;
