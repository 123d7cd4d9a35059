import type { Json, JsonObject } from '../core/json.ts';
import type { InputDeclaration, Plan } from '../core/plan.ts';
/**
 * The values of a plan's inputs, from texts as they come from a command line or a workflow: typed as declared, defaults
 * where none is given. Each problem is one sentence.
 */
export declare function resolveInputs(declared: Plan['inputs'], given: Readonly<Record<string, string>>): {
    inputs: JsonObject;
    problems: string[];
};
/** What is wrong with values that were given, a sentence each; one that is required may be given later. */
export declare function judgeInputs(declared: Plan['inputs'], given: Readonly<Record<string, string>>): string[];
/** The same for values that several files share: at least one of them must declare each. */
export declare function judgeSharedInputs(files: readonly Plan['inputs'][], given: Readonly<Record<string, string>>): string[];
/** A given text as its input's type has it; undefined when it cannot be one. */
export declare function readInput(text: string, { type, options }: InputDeclaration): Json | undefined;
/** What an input is that nobody gave: as in `workflow_dispatch`, where everything arrives as something. */
export declare function emptyValue({ type }: Pick<InputDeclaration, 'type'>): Json;
