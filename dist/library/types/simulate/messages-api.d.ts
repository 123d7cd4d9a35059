import { type Answer } from './frame.ts';
import { type ReplyError } from './reply.ts';
import type { ModelRequest } from './model-request.ts';
import type { ResolvedReply } from './resolved-reply.ts';
/** An error of Anthropic's API: https://docs.claude.com/en/api/errors */
export declare function messagesError(error: ReplyError): Answer;
/** An answer of Anthropic's Messages API, streamed or whole: https://docs.claude.com/en/api/messages-streaming */
export declare function messagesAnswer(request: ModelRequest, reply: ResolvedReply): Answer;
