import type { Failure } from '../core/failure.ts';
import type { Exit } from '../process/spawn.ts';
/** What a CLI says of a request that came to nothing. */
interface Refused {
    /** Status of the HTTP response; 0 where nobody says one. */
    readonly status: number;
    readonly detail: string;
    /** Whether the model had answered before. */
    readonly answered: boolean;
}
/** What an error of a model API means, by its status and its words. */
export declare function apiFailure({ status, detail: said, answered }: Refused, { code }: Exit): Failure;
/** The first number in the words of an error that is the status of a refusal; 0 where none is. */
export declare function statusIn(detail: string): number;
export {};
