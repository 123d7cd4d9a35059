import type { JsonObject } from '../core/json.ts'
import type { ModelRequest } from './model-request.ts'
import { type Reply, type ServedUsage, type ToolCall } from './reply.ts'
import { sampleOf } from './sample-of.ts'
import { isObject } from '../core/is-object.ts'

/** A tool call by the name the request offers; its input is a text where the tool takes no JSON. */
export interface ConcreteCall {
  readonly name: string
  readonly input: JsonObject | string
}

/** A reply made concrete for one request: real tool names, the whole text, every figure. */
export interface ResolvedReply extends Reply {
  readonly text: string
  readonly calls: readonly ConcreteCall[]
  readonly tokens: ServedUsage
}

/** Spells a shell command as the CLI that asks does; undefined where nobody knows its tools. */
export type ShellCall = (command: string, offered: readonly string[]) => ConcreteCall | undefined

/** Tokens of the CLI's own instructions and tools: written to the cache by the first request, read by the later ones. */
const instructionTokens = 2048

/** Characters that count as one token where a rule gives no usage. */
export const charactersPerToken = 4

/** Fills in what the rule left open. The same request and rule always give the same answer and the same usage. */
export function resolveReply(reply: Reply, request: ModelRequest, shellCall: ShellCall): ResolvedReply {
  const calls: ConcreteCall[] = reply.tools.map((call) => concreteCall(call, request.tools, shellCall))
  let text = reply.text ?? ''
  if (calls.length === 0 && reply.text === undefined) {
    const structured = reply.json ?? (request.schema === undefined ? undefined : sampleOf(request.schema.schema))
    if (structured === undefined) text = defaultText(request)
    else if (request.schema?.tool !== undefined && isObject(structured))
      calls.push({ name: request.schema.tool, input: structured })
    else text = JSON.stringify(structured)
  }
  const spoken = text.length + calls.reduce((sum, call) => sum + JSON.stringify(call).length, 0)
  const first = request.number === 1
  const tokens: ServedUsage = {
    input: reply.usage.input ?? 16 + Math.ceil(request.size / charactersPerToken),
    cacheRead: reply.usage.cacheRead ?? (first ? 0 : instructionTokens),
    cacheWrite: reply.usage.cacheWrite ?? (first ? instructionTokens : 0),
    output: reply.usage.output ?? 8 + Math.ceil(spoken / charactersPerToken),
  }
  return { ...reply, text, calls, tokens }
}

function defaultText(request: ModelRequest): string {
  return (
    `Simulated answer of ${request.instance} (${request.model}): ` +
    `the request held ${request.prompt.length} characters of prompt. No model was called.`
  )
}

function concreteCall(call: ToolCall, offered: readonly string[], shellCall: ShellCall): ConcreteCall {
  if ('name' in call) return call
  return shellCall(call.run, offered) ?? { name: 'shell', input: { command: call.run } }
}
