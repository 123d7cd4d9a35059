import type { Json } from './json.ts';
/**
 * How deep what programs, models and files say may be nested. Whoever walks a value calls itself for each level: some thousands are a stack that overflows,
 * and no format that anybody reads here needs fifty.
 */
export declare const deepestJson = 200;
/** A text that is nested deeper than `deepestJson`; its message is the rest of a sentence that begins with what is. */
export declare class DeepJsonError extends SyntaxError {
    readonly name = "DeepJsonError";
}
/** As `JSON.parse`, but of no text that is nested too deep. Throws SyntaxError, of such a text DeepJsonError. */
export declare function parseJson(text: string): Json;
