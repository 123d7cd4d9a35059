import type { RuntimeFacts } from '../core/runtime.ts';
import type { Compiling } from './compiling.ts';
import type { ProcessDraft } from './draft.ts';
import type { Plain } from './origins.ts';
import type { Settings } from './settings.ts';
/**
 * Reports what an instance asks for that this version cannot do, and returns it for the plan: such an instance fails with
 * reason `unsupported`. That is an error, unless the instance may be skipped or its failure lets others go on.
 */
export declare function checkUnsupported(draft: ProcessDraft, settings: Settings, facts: RuntimeFacts, compiling: Compiling): string[];
/** Warns of a fallback to a runtime that this version cannot start. */
export declare function checkFallbackRuntime(owner: Plain, key: string, facts: RuntimeFacts, compiling: Compiling): void;
