/** Why something the user asked for is not done, and what would be right. */
export interface Refusal {
    readonly mistake: string;
    readonly hint?: string;
}
/** The same from where only an exception gets out. Its message is for the user; it is no bug. */
export declare class RefusalError extends Error {
    readonly name: string;
    readonly hint: string | undefined;
    constructor(mistake: string, hint?: string);
}
/** What an exception refuses; `hint` where it has none. */
export declare function refusalOf(error: RefusalError, hint?: string | undefined): Refusal;
