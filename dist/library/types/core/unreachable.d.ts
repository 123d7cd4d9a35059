/**
 * Where a switch has no case left: the compiler names every such place when a union gets a new member. At run time there may be one all the same,
 * an event in the journal of a later version, which is passed over.
 */
export declare function unreachable(_value: never): undefined;
