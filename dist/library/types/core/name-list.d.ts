/** Whether a name is in a list, in which `*` stands for anything; case does not count. */
export declare function isNamed(name: string, list: readonly string[]): boolean;
