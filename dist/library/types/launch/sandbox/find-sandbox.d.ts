type Environment = Readonly<Record<string, string | undefined>>;
/** Whether a sandbox can be made here, by making one: the path of bubblewrap, or why not (a clause) and what would help. */
export declare function findSandbox(environment: Environment): Promise<{
    readonly path: string;
} | {
    readonly problem: string;
    readonly hint: string;
}>;
export {};
