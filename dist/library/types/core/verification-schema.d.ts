import type { JsonObject } from './json.ts';
/** Keys of the matrix of what verifies: the finding, the reports it was made of, and the number of the vote on it. */
export declare const verificationKeys: ReadonlySet<string>;
/**
 * JSON Schema of the answer of an agent that verifies a finding, strict as that of findings is. A refutation without code that shows it is
 * none: it hides what somebody has found.
 */
export declare const verificationSchema: JsonObject;
