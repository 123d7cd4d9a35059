import type { JsonObject } from '../core/json.ts';
import type { Answer } from './frame.ts';
import type { Address, ModelRequest } from './model-request.ts';
import type { ReplyError } from './reply.ts';
import type { ConcreteCall, ResolvedReply } from './resolved-reply.ts';
/** One model API: how its requests are read and how it answers. */
export interface ModelApi {
    /** The paths by which a model is asked; a group `model` is its name where the body does not say it. */
    readonly path: RegExp;
    read(body: JsonObject, address: Address, path: RegExpExecArray): ModelRequest;
    answer(request: ModelRequest, reply: ResolvedReply): Answer;
    error(error: ReplyError): Answer;
    /** Answers a request that asks no model, such as one for a count of tokens; undefined for any other. */
    aside?(path: string, body: JsonObject): JsonObject | undefined;
}
/** How the model server plays the model of one CLI. */
export interface SimulatedModel {
    readonly api: ModelApi;
    /** A shell command as a call of the CLI's own tool, by the tools that a request offers; undefined where none of them is its own. */
    shellCall(command: string, offered: readonly string[]): ConcreteCall | undefined;
}
