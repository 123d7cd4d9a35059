import { type Document, type LineCounter } from 'yaml';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { Json } from '../core/json.ts';
import { type Pattern } from '../core/pattern.ts';
/** Reads values of one YAML map; whatever has the wrong type is reported and counts as absent. */
export interface MapReader {
    node(key: string): unknown;
    text(key: string): string | undefined;
    flag(key: string): boolean | undefined;
    /** A whole number, at least `least`. */
    count(key: string, least: number): number | undefined;
    /** Milliseconds: a number, or `200ms`, `2s`, `1m`. */
    duration(key: string): number | undefined;
    /** A text to be found literally, or `/regex/flags`. */
    pattern(key: string): Pattern | undefined;
    json(key: string): Json | undefined;
    list<T>(key: string, read: (node: unknown) => T | undefined): T[] | undefined;
    /** Reports at the value of `key`, or at the map. */
    report(code: string, message: string, key?: string): void;
}
/** Collects the mistakes of one rules file. */
export interface RuleReader {
    readonly diagnostics: Diagnostic[];
    report(code: string, message: string, offsets?: readonly number[], hint?: string): void;
    /** The node as a map with only these keys; undefined, and reported, when it is something else. */
    map(node: unknown, what: string, keys: readonly string[]): MapReader | undefined;
}
/** A reader for a parsed document, in the file of this name, whose lines were counted meanwhile. */
export declare function createRuleReader(file: string, document: Document, lines: LineCounter): RuleReader;
