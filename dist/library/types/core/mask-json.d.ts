import type { Json } from './json.ts';
import type { Redactor } from './redactor.ts';
/** A value with each of its keys and strings masked on its own, so that it stays JSON whatever a secret looks like. */
export declare function maskJson(value: Json, redactor: Redactor): Json;
