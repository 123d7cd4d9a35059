import type { Accounting } from './usage.ts';
/** An instance has the outcome of an earlier run: nothing was started and nothing is paid. Its `attempt.ended` follows, which says what that was. */
export interface InstanceRestored {
    readonly type: 'instance.restored';
    readonly id: string;
    readonly attempt: number;
    /** Content key, SHA-256 in hex. */
    readonly key: string;
    readonly from: KeptFrom;
    /** What it consumed when it ran. */
    readonly saved: Accounting;
}
/** An instance with a cache has no outcome under its content key: it runs. */
export interface InstanceMissed {
    readonly type: 'instance.missed';
    readonly id: string;
    readonly attempt: number;
    /** Content key, SHA-256 in hex; null where it has none, as `why` says. */
    readonly key: string | null;
    /** The newest outcome of this instance that is kept; null where there is none. */
    readonly against: KeptFrom | null;
    /** What of the key is not as it was then. */
    readonly differs: readonly KeyDifference[];
    /** Why an outcome that is kept, or anything that could be, was of no use: it is damaged, too old; the files cannot be told. */
    readonly why?: string;
}
/** Where an outcome comes from. */
export interface KeptFrom {
    readonly run: string;
    /** When it was kept, epoch milliseconds. */
    readonly keptAt: number;
}
/** A part of a content key that is not as it was. */
export interface KeyDifference {
    /** `prompt`, `files`, `upstreams` … */
    readonly part: string;
    /** What in it: names of files, variables, instances; the first of them. */
    readonly names: readonly string[];
    /** How many are left out of `names`. */
    readonly more?: number;
}
