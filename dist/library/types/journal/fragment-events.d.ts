import type { AttemptEnded, RunEvent, Stamped } from '../core/event.ts';
import type { Instance } from '../core/instance.ts';
/** The id an event of a fragment is about: of an instance, a group or a gate; undefined where it is about the run. */
export declare function subjectOf(event: RunEvent): string | undefined;
/** An event of a fragment. It is read when it is asked for: of many shards there are more than one would hold in memory. */
export interface FragmentEvent {
    readonly at: number;
    readonly seq: number;
    readonly type: RunEvent['type'];
    /** See `subjectOf`. */
    readonly id: string | undefined;
    /** Throws where it cannot be read any more. */
    load(): RunEvent;
}
/** An event that is passed by, and what reads it again. */
export interface PassingEvent {
    readonly event: Stamped;
    readonly load: () => RunEvent;
}
/** What of a shard its fragment is read with. */
export interface FragmentReading {
    /** Of its plan. */
    readonly instances: readonly Instance[];
    readonly isOwn: (id: string) => boolean;
    /** May know better what an attempt spent that was running when its orchestrator died. */
    readonly accountLost?: (end: AttemptEnded) => AttemptEnded;
    /** Is shown each event that is kept. */
    readonly examine?: (event: Stamped) => void;
}
/**
 * What others ask of the journal of a shard: what became of its own instances, each of which ends once, as it did last. What decided it, what it
 * was told of other shards, and how far its attempts had come is left out. Attempts that were running when it died end as lost.
 */
export declare function readFragmentEvents(events: Iterable<PassingEvent>, { instances, isOwn, accountLost, examine }: FragmentReading): FragmentEvent[];
/** Looks at the events of a fragment that anybody may have made; throws an error whose message is a clause on the first that is not what a shard of ours writes. */
export declare function examinerOf(isKnown: (id: string) => boolean): (event: Stamped) => void;
