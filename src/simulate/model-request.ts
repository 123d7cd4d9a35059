import type { Json, JsonObject } from '../core/json.ts'
import { isObject } from '../core/is-object.ts'

/** What a request to a model API asks, whatever API it is. */
export interface ModelRequest {
  readonly instance: string
  readonly attempt: number
  /** Counts from 1 within the attempt. */
  readonly number: number
  readonly model: string
  /** Everything said in the role of the user, without tool results and without what the CLI itself put there. */
  readonly prompt: string
  /** Characters of the conversation: prompt, answers, tool calls and their results. */
  readonly size: number
  /** Names of the tools that may be called. */
  readonly tools: readonly string[]
  /** The schema asked for, and the tool by which it is to be answered (undefined: as the text). */
  readonly schema?: { readonly schema: JsonObject; readonly tool?: string }
  readonly stream: boolean
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject)

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** How the CLIs begin the blocks that they add to the user's: reminders, attribution, the working directory. */
const ownBlock =
  /^\s*(?:<(?:system-reminder|environment_context|user_instructions|skills_instructions|permissions)\b|# AGENTS\.md instructions)/

/** The text of a message's content, which is a string or a list of blocks. */
const contentText = (content: Json | undefined): string =>
  (typeof content === 'string' ? [content] : objectsOf(content).map((block) => textOf(block['text'])))
    .filter((text) => text !== '' && !ownBlock.test(text))
    .join('\n')

/** Characters of what is not text in a message: tool calls and results, as JSON. */
const otherSize = (content: Json | undefined): number =>
  objectsOf(content)
    .filter((block) => block['text'] === undefined)
    .reduce((sum, block) => sum + JSON.stringify(block).length, 0)

/** The parts of a conversation, system and developer messages left out. */
const spoken = (messages: readonly JsonObject[]): readonly JsonObject[] =>
  messages.filter((message) => message['role'] !== 'system' && message['role'] !== 'developer')

const promptOf = (messages: readonly JsonObject[]): string =>
  messages
    .filter((message) => message['role'] === 'user')
    .map((message) => contentText(message['content']))
    .filter((text) => text !== '')
    .join('\n')

type Address = Pick<ModelRequest, 'instance' | 'attempt' | 'number'>

/** Reads a body of Anthropic's `POST /v1/messages`. */
export function readMessagesRequest(body: JsonObject, address: Address): ModelRequest {
  const messages = objectsOf(body['messages'])
  const tools = objectsOf(body['tools'])
  const structured = tools.find((tool) => tool['name'] === 'StructuredOutput')
  const schema = structured?.['input_schema']
  return {
    ...address,
    model: textOf(body['model']),
    prompt: promptOf(messages),
    size: spoken(messages).reduce((sum, { content }) => sum + contentText(content).length + otherSize(content), 0),
    tools: tools.map((tool) => textOf(tool['name'])),
    ...(isObject(schema) && { schema: { schema, tool: 'StructuredOutput' } }),
    stream: body['stream'] === true,
  }
}

/** Reads a body of OpenAI's `POST /v1/responses`. */
export function readResponsesRequest(body: JsonObject, address: Address): ModelRequest {
  const input = objectsOf(body['input'])
  const text = body['text']
  const format = isObject(text) ? text['format'] : undefined
  const schema = isObject(format) ? format['schema'] : undefined
  return {
    ...address,
    model: textOf(body['model']),
    prompt: promptOf(input),
    size: spoken(input).reduce(
      (sum, item) =>
        sum + (item['type'] === 'message' ? contentText(item['content']).length : JSON.stringify(item).length),
      0,
    ),
    tools: toolNames([...objectsOf(body['tools']), ...input.flatMap((item) => objectsOf(item['tools']))]),
    ...(isObject(schema) && { schema: { schema } }),
    stream: body['stream'] === true,
  }
}

/** Names of tools; those of a namespace count as its own, and a tool without a name goes by its type. */
const toolNames = (tools: readonly JsonObject[]): string[] =>
  tools.flatMap((tool) =>
    tool['type'] === 'namespace' ? toolNames(objectsOf(tool['tools'])) : [textOf(tool['name']) || textOf(tool['type'])],
  )
