/** A promise and what settles it. */
export interface Deferred<T> {
    readonly promise: Promise<T>;
    readonly resolve: (value: T) => void;
}
/** Makes one; `Promise.withResolvers` is not in Node 20. */
export declare function createDeferred<T>(): Deferred<T>;
