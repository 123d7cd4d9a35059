import type { SourceRange } from '../core/diagnostic.ts';
import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Origins, Plain } from './origins.ts';
import type { DefaultsEntry } from './schema.ts';
/** What a text with expressions is used for, which decides what they may read. */
export type Role = 'text' | 'script' | 'condition' | 'edge' | 'until' | 'outputs' | 'matrix';
/** A text that may hold expressions, and how to show a stretch of it. */
export interface ExpressionPlace {
    readonly text: string;
    readonly role: Role;
    rangeOf(offset: number, length: number): SourceRange;
}
/** Every text of a draft that may hold expressions. */
export declare function placesOf(draft: Draft, compiling: Compiling): ExpressionPlace[];
/** The texts of an agent or of `defaults`, which know no single instance. */
export declare function sharedPlacesOf(values: DefaultsEntry, compiling: Compiling): ExpressionPlace[];
/** One text of a map or list. */
export declare function placeAt(text: string, role: Role, owner: Plain, key: string | number, origins: Origins): ExpressionPlace;
