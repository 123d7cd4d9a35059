import type { Reference } from '../expression/check.ts';
import type { Diagnostics } from './diagnostics.ts';
import type { Draft } from './draft.ts';
import type { ExpressionPlace } from './expression-places.ts';
/**
 * Refuses expressions in a script or an argv over what a model or a stranger may have written: the text would become
 * part of the program. The hint shows the way through the environment.
 */
export declare function checkInjection(draft: Draft, place: ExpressionPlace, references: readonly Reference[], env: ReadonlyMap<string, unknown>, diagnostics: Diagnostics): void;
