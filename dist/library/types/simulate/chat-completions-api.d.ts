import type { ModelApi } from './model-api.ts';
/** OpenAI's Chat Completions API, which other vendors speak as well: https://platform.openai.com/docs/api-reference/chat */
export declare const chatCompletionsApi: ModelApi;
