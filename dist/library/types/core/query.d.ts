import type { Json } from './json.ts';
/** Loads JMESPath, which whoever uses queries waits for first: only files with `runtimes` have any. */
export declare function loadQueries(): Promise<void>;
/** Whether a file may hold a query of ours, so that JMESPath is worth loading before it is read. */
export declare function mentionsQuery(text: string): boolean;
/** Why a text is no JMESPath (https://jmespath.site/main/#specification); undefined when it is one. */
export declare function queryProblem(source: string): string | undefined;
/** What a JMESPath finds, null where it finds nothing; or why it could not be asked, such as a sum over what is no number. */
export declare function runQuery(source: string, data: Json): {
    readonly value: Json;
} | {
    readonly problem: string;
};
