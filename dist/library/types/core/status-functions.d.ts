/** The functions of an expression that ask how what came before has ended. */
export declare const statusFunctions: readonly ['success', 'failure', 'always', 'cancelled'];
/** One of `success failure always cancelled`. */
export type StatusFunction = (typeof statusFunctions)[number];
/** The status functions an expression (without `${{ }}`) calls, in the order of `statusFunctions`. */
export declare function statusFunctionsOf(expression: string): StatusFunction[];
