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
/** A given text as its input's type has it; undefined when it cannot be one. */
export declare function readInput(text: string, { type, options }: InputDeclaration): Json | undefined;
