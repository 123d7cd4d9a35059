import type { Diagnostics } from './diagnostics.ts';
import type { Origins, Plain } from './origins.ts';
import { type Shape } from './shape.ts';
import type { StaticInputs } from './static-inputs.ts';
/** Where a value stands: the map or list that holds it and its key there; `label` is how messages call it. */
export interface Place {
    readonly owner: Plain;
    readonly key: string | number;
    readonly label: string;
}
/** Checks plain data against shapes. */
export interface Validator {
    /**
     * The value with texts made of numbers and booleans; what is wrong is reported and stands as undefined, so that the
     * rest can still be looked at. Nothing given is changed: maps that differ are copies that know their origin.
     */
    validate(value: unknown, shape: Shape, place: Place): unknown;
}
/** A validator that reports into `diagnostics`. */
export declare function createValidator(origins: Origins, diagnostics: Diagnostics, statics: StaticInputs): Validator;
