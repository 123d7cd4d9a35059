/** The values in the order of their keys' first appearance, by key; `Map.groupBy`, which is not in Node 20. */
export declare function groupBy<K, V>(values: Iterable<V>, keyOf: (value: V) => K): Map<K, V[]>;
/** Adds a value to the group of its key, which is made for the first. The group is changed, not copied: a copy for each value costs its square. */
export declare function addTo<K, V>(groups: Map<K, V[]>, key: K, value: V): void;
