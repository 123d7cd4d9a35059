import type { CountedApi } from './count-usage.ts';
/** How a provider is asked by one of the model APIs. */
export interface Way {
    readonly api: CountedApi;
    /** What a path of the CLI begins with where the provider's base URL stands: the CLI adds the rest to either. */
    readonly base: string;
    /** The paths that may be asked, after the base and without a query. */
    readonly paths: RegExp;
    /** The headers by which the API takes this key. */
    headersOf(key: string): Readonly<Record<string, string>>;
}
/** Anthropic's Messages. */
export declare const messagesWay: Way;
/** OpenAI's Responses. */
export declare const responsesWay: Way;
/** OpenAI's Chat Completions, which many providers speak; an id of theirs may have a slash. */
export declare const chatCompletionsWay: Way;
/** Google's generateContent. */
export declare const generateContentWay: Way;
