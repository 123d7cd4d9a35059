import { type Diagnostics } from './diagnostics.ts';
import type { Origins } from './origins.ts';
import type { SourceFile } from './source-file.ts';
/** From how many characters on a text is read in slices of at least `sliceSize`, to spare memory. */
export interface SliceLimits {
    readonly streamFrom: number;
    readonly sliceSize: number;
}
/**
 * The plain data of a YAML text: maps, lists, strings, numbers, booleans and null, with anchors and merge keys resolved.
 * Undefined when it cannot be read at all; everything wrong with it as YAML is reported.
 */
export declare function readYaml(file: SourceFile, origins: Origins, diagnostics: Diagnostics, limits?: SliceLimits): unknown;
