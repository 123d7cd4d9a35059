import type { Diagnostics } from './diagnostics.ts';
import type { Origins } from './origins.ts';
import type { DefaultsEntry } from './schema.ts';
/** Keys whose inline maps go to the CLI as they are. */
declare const verbatimKeys: readonly ['mcp', 'output-schema'];
/** Refuses expressions in maps that are not rendered, at any depth: they would reach the CLI as text. */
export declare function checkVerbatim(values: Pick<DefaultsEntry, (typeof verbatimKeys)[number]>, origins: Origins, diagnostics: Diagnostics): void;
export {};
