/** Who goes first among attempts that run at once. */
export interface Turns {
    /** Takes a place at a position (two may share one); lower ones go first. */
    enter(position: number): Turn;
}
/** A place among the others. */
export interface Turn {
    /**
     * Settles once everyone has left who is there now at a lower position; at once when `leave` is called. Nobody waits for a higher position, so
     * that no two wait for each other.
     */
    come(): Promise<void>;
    leave(): void;
}
/** No one is there at first. */
export declare function createTurns(): Turns;
