import type { Json } from '../core/json.ts';
/**
 * A report in Checkstyle's XML (`<checkstyle><file name><error line severity message source>`) as JSON: `{ files: [{ name, errors: [{ line, … }] }] }`, the
 * attributes as texts. Undefined where it is no such document. Entities that a document declares are not expanded: one that refers to them is not read.
 */
export declare function readCheckstyle(text: string): Json | undefined;
