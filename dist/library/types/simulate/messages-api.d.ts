import type { ModelApi } from './model-api.ts';
/** Anthropic's Messages API. */
export declare const messagesApi: ModelApi;
