import type { Failure } from '../../core/failure.ts';
import type { Exit } from '../../process/spawn.ts';
/** What the `error` of the last line says went wrong. An error of the API stands in it as the API gave it. */
export declare function geminiFailure(error: {
    readonly message: string;
}, exit: Exit, answered: boolean): Failure;
/** What went wrong when it ended without a last line. A signal makes it exit 0. */
export declare function geminiSilentFailure(exit: Exit, answered: boolean): Failure | undefined;
