import type { z } from 'zod';
import type { Json } from '../core/json.ts';
/**
 * Has every `pattern` that zod made of a JSON Schema tested in linear time: the pattern is a user's and the text a model's, and
 * JavaScript's own engine can be kept busy for ever with a line of it. Throws for a pattern that the engine does not know.
 */
export declare function makePatternsLinear(checker: z.ZodType): void;
/** Whether a pattern that cannot be made linear could keep JavaScript's engine busy: one repetition, or choice, inside another. */
export declare function hasHopelessPattern(schema: Json, isHidden?: boolean): boolean;
