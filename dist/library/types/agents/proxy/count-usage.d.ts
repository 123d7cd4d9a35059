import type { Usage } from '../../core/usage.ts';
/** The model APIs whose answers can be counted. */
export type CountedApi = 'messages' | 'responses' | 'generate-content' | 'chat-completions';
/** What an answer says about its own cost. */
export interface AnswerCount {
    readonly model: string;
    readonly usage: Usage;
    /** Of `usage.cacheWrite`, what is kept for an hour, which costs more. */
    readonly cacheWrite1h: number;
    /** Whether these are its last figures: an answer that broke off has told those of its beginning. */
    readonly complete: boolean;
    /** Its text ends where it does because of the limit of tokens (`truncated`), or it says no (`refused`). */
    readonly fault?: 'truncated' | 'refused';
}
/** The paths, after the API's base, by which a model is asked. Counting tokens, listing models and the like cost nothing. */
export declare const askingPaths: Readonly<Record<CountedApi, RegExp>>;
/** Reads one answer as it passes; never changes or holds back a byte. */
export interface UsageReader {
    take(chunk: Buffer): void;
    /** No more will come; `whole` says whether the answer was. Undefined: it told nothing. */
    end(whole: boolean): AnswerCount | undefined;
}
/** A reader for an answer of this content type. */
export declare function openUsageReader(api: CountedApi, contentType: string | undefined): UsageReader;
