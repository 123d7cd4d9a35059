import type { Json, JsonObject } from '../core/json.ts'

/** What a request to a model API asks, whatever API it is. */
export interface ModelRequest {
  readonly instance: string
  readonly attempt: number
  /** Counts from 1 within the attempt. */
  readonly number: number
  readonly model: string
  /** Everything said in the role of the user, tool results left out. */
  readonly prompt: string
  /** Characters of the whole conversation, instructions of the CLI left out. */
  readonly size: number
  /** Names of the tools that may be called. */
  readonly tools: readonly string[]
  /** The schema asked for, and the tool by which it is to be answered (undefined: as the text). */
  readonly schema?: { readonly schema: JsonObject; readonly tool?: string }
  readonly stream: boolean
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : [])

const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject)

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

/** The text of a message's content, which is a string or a list of blocks. */
const contentText = (content: Json | undefined): string =>
  typeof content === 'string'
    ? content
    : objectsOf(content)
        .map((block) => textOf(block['text']))
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
    prompt: messages
      .filter((message) => message['role'] === 'user')
      .map((message) => contentText(message['content']))
      .join('\n'),
    size: JSON.stringify(messages).length,
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
    prompt: input
      .filter((item) => item['role'] === 'user')
      .map((item) => contentText(item['content']))
      .join('\n'),
    size: JSON.stringify(input).length,
    tools: objectsOf(body['tools']).map((tool) => textOf(tool['name']) || textOf(tool['type'])),
    ...(isObject(schema) && { schema: { schema } }),
    stream: body['stream'] === true,
  }
}
