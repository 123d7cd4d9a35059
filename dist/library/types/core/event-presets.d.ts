import type { Json } from './json.ts';
/** A condition on the event that a run is for, as `when` of an orchestration file names it: `draft`, `fork`, `bot`, `label:NAME`, `author:LOGIN`, each also with `not-`. */
export type EventPreset = string;
/** Their pattern. */
export declare const eventPresetPattern: RegExp;
/** What of an event the presets are about. */
export interface PresetEvent {
    readonly payload: Json;
    /** `owner/name`. */
    readonly repository: string;
}
/**
 * Why a run for this event has nothing to do: the first preset that it does not meet. Undefined where it meets all, and for an event that is about no issue
 * or pull request. What the event does not say is not met either way.
 */
export declare function unmetPreset(presets: readonly EventPreset[], event: PresetEvent): string | undefined;
