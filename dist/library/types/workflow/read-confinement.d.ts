import type { RuntimeFacts } from '../core/runtime.ts';
import type { ProcessDefinition } from '../core/instance.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Settings } from './settings.ts';
/** Where an instance runs and what it may touch; the nearest layer that says so decides. */
export declare function readConfinement(draft: Draft, settings: Settings, facts: RuntimeFacts, compiling: Compiling): Pick<ProcessDefinition, 'container' | 'sandbox'>;
