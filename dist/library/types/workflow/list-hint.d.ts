/** How to write a list, as other tools have it, as the map by name that must be there: with its own first item as the example. */
export declare function listHint(list: readonly unknown[], takesText: boolean): string;
