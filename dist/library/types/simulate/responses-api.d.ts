import { type Answer } from './frame.ts';
import { type ReplyError } from './reply.ts';
import type { ModelRequest } from './model-request.ts';
import type { ResolvedReply } from './resolved-reply.ts';
/** An error of OpenAI's API: https://platform.openai.com/docs/guides/error-codes */
export declare function responsesError(error: ReplyError): Answer;
/** An answer of OpenAI's Responses API, streamed or whole: https://platform.openai.com/docs/api-reference/responses-streaming */
export declare function responsesAnswer(request: ModelRequest, reply: ResolvedReply): Answer;
