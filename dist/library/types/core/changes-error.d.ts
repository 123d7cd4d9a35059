/** A message for the user: what changed cannot be told. `hint` says what to do. */
export declare class ChangesError extends Error {
    readonly name = "ChangesError";
    readonly hint: string;
    constructor(why: string, hint: string);
}
