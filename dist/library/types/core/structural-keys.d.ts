/**
 * Keys of events and of the nodes of a plan whose values are our own words and the file's names. They are never masked: that would break the run, and
 * they cannot be secret, for they stand in the orchestration file. A new event's words of ours belong here.
 */
export declare const structuralKeys: ReadonlySet<string>;
/** Keys that hold what users and programs wrote: below them nothing is exempt. */
export declare const foreignKeys: ReadonlySet<string>;
