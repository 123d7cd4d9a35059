import { type Changes } from './changes.ts';
import type { Json } from './json.ts';
/** A condition on the event that a run is for, as `when` of an orchestration file names it: `draft`, `fork`, `bot`, `label:NAME`, `author:LOGIN`, `paths:GLOB`, each also with `not-`. */
export type EventPreset = string;
/** Their pattern. */
export declare const eventPresetPattern: RegExp;
/** What of an event the presets are about. */
export interface PresetEvent {
    readonly payload: Json;
    /** `owner/name`. */
    readonly repository: string;
    /** What the pull request or push changes, where a preset asks for it; see `asksForPaths`. */
    readonly changes?: Changes;
}
/** Whether presets ask what changed, and the event is one that changes something: a pull request or a push. */
export declare function asksForPaths(presets: readonly EventPreset[], { payload }: PresetEvent): boolean;
/**
 * Why a run for this event has nothing to do: the first preset that it does not meet. Undefined where it meets all, and for an event that is about no issue
 * or pull request, of which a push is held against `paths` alone. What the event does not say is not met either way.
 */
export declare function unmetPreset(presets: readonly EventPreset[], event: PresetEvent): string | undefined;
