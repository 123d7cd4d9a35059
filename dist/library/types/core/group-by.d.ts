/** The values in the order of their keys' first appearance, by key; `Map.groupBy`, which is not in Node 20. */
export declare function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]>;
