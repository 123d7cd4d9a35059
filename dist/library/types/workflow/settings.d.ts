import type { Compiling } from './compiling.ts';
import type { Draft } from './draft.ts';
import type { Plain } from './origins.ts';
import type { AgentEntry, DefaultsEntry } from './schema.ts';
/** Keys that an instance can have from its agent or from `defaults` as well. */
export type SettingKey = keyof DefaultsEntry;
/** A value, the map it stands in, and how far from the instance that is. */
export interface Setting<K extends SettingKey> {
    readonly value: NonNullable<DefaultsEntry[K]>;
    readonly owner: Plain;
    readonly level: Level;
    /** Of `defaults` for a runtime: which. */
    readonly runtime: string | undefined;
}
/** Where a setting can come from, the nearest first. */
export type Level = 'fallback' | 'instance' | 'agent' | 'defaults';
/** One map of settings. */
export interface Layer {
    readonly level: Level;
    readonly values: DefaultsEntry;
    /** Of `defaults` for a runtime: which. */
    readonly runtime?: string;
}
/** The settings of one instance: the first layer that has a key says its value. */
export interface Settings {
    find<K extends SettingKey>(key: K): Setting<K> | undefined;
    /** The runtime of the nearest `defaults` that name one. */
    readonly defaultRuntime: string | undefined;
}
/**
 * The layers of an instance: its own keys, those of its agent, `defaults` of the file and of what it includes; what they say of its
 * runtime, once that is known, before what they say of all.
 */
export declare function layersOf(draft: Draft, agent: AgentEntry | undefined, compiling: Compiling, runtime?: string): Layer[];
/** Settings over layers; `${{ matrix.x }}` of a static matrix is replaced by its value, which is checked like a written one. */
export declare function createSettings(draft: Draft, layers: readonly Layer[], compiling: Compiling): Settings;
