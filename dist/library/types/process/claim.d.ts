/** A file that stands for this process, and for as long as it lives. */
export interface Claim {
    /** Passed to the fork server, which locks it for us: the lock is that of the open file, and goes when we do. */
    readonly fd: number;
    /** Removes the file. */
    release(): void;
}
/**
 * Makes a claim, or opens that which this process has made there. Who is in the same namespace of process ids knows by the
 * holder's identity whether it lives; a process id says nothing to another container, and the lock of flock(2) does.
 */
export declare function makeClaim(path: string): Claim;
/**
 * Of claims, with the identities of their holders, those whose holder is dead. One from elsewhere that was never locked, or cannot be asked for
 * its lock here, has a holder that lives, as far as we know.
 */
export declare function findDead(claims: ReadonlyMap<string, string>): Set<string>;
