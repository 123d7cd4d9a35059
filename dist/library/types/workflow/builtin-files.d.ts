/** The text of a built-in file; undefined where there is none of this name. */
export declare function readBuiltin(name: string): string | undefined;
