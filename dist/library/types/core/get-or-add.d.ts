/** What a map has under a key; what it does not have yet is made, and there from now on. */
export declare function getOrAdd<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value;
