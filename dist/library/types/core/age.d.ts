/** How long ago something was, milliseconds, at least 0; undefined where it is dated in the future, by more than clocks differ: then nobody knows. */
export declare function ageOf(at: number, now: number): number | undefined;
