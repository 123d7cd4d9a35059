import type { JsonObject } from '../core/json.ts';
import type { ModelRequest } from './model-request.ts';
import { type Reply, type ServedUsage } from './reply.ts';
/** A tool call by the name the request offers; its input is a text where the tool takes no JSON. */
export interface ConcreteCall {
    readonly name: string;
    readonly input: JsonObject | string;
}
/** A reply made concrete for one request: real tool names, the whole text, every figure. */
export interface ResolvedReply extends Reply {
    readonly text: string;
    readonly calls: readonly ConcreteCall[];
    readonly tokens: ServedUsage;
}
/** Spells a shell command as the CLI that asks does; undefined where nobody knows its tools. */
export type ShellCall = (command: string, offered: readonly string[]) => ConcreteCall | undefined;
/** Characters that count as one token where a rule gives no usage. */
export declare const charactersPerToken = 4;
/** Fills in what the rule left open. The same request and rule always give the same answer and the same usage. */
export declare function resolveReply(reply: Reply, request: ModelRequest, shellCall: ShellCall): ResolvedReply;
