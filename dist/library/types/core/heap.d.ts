/** A binary heap: `before(a, b)` says that `a` comes out first. */
export interface Heap<T> {
    readonly items: T[];
    readonly before: (a: T, b: T) => boolean;
}
/** An empty heap in the given order. */
export declare function createHeap<T>(before: (a: T, b: T) => boolean): Heap<T>;
/** What comes out next, left inside. */
export declare function peekHeap<T>(heap: Heap<T>): T | undefined;
/** Adds an item in O(log n). */
export declare function pushHeap<T>(heap: Heap<T>, item: T): void;
/** Takes out what comes first in O(log n); undefined when empty. */
export declare function popHeap<T>(heap: Heap<T>): T | undefined;
