import { type Answer } from './frame.ts';
import { type ReplyError } from './reply.ts';
import type { ModelApi } from './model-api.ts';
/** OpenAI's Responses API. */
export declare const responsesApi: ModelApi;
/** An error of OpenAI's API: https://platform.openai.com/docs/guides/error-codes */
export declare function openaiError(error: ReplyError): Answer;
