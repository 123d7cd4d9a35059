import { RefusalError } from './refusal.ts';
/** What changed cannot be told. `hint` says what to do. */
export declare class ChangesError extends RefusalError {
    readonly name = "ChangesError";
    readonly hint: string;
    constructor(why: string, hint: string);
}
