import { RefusalError } from '../core/refusal.ts';
/** A journal that is not what we wrote. `line` counts from 1. */
export declare class JournalError extends RefusalError {
    readonly name = "JournalError";
    readonly path: string;
    readonly line: number;
    constructor(path: string, line: number, why: string);
}
