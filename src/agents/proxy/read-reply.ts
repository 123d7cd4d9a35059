import { parseObject } from '../../core/parse-object.ts'
import { isObject } from '../../core/is-object.ts'
import type { JsonObject } from '../../core/json.ts'
import type { Reply, ToolCall } from '../../simulate/reply.ts'
import { objectField, objectsField, textField } from '../json-fields.ts'
import type { CountedApi } from './count-usage.ts'

/** What a model said and which tools it called, as a rule of the simulation has it. */
export type RecordedReply = Pick<Reply, 'tools'> & { readonly text: string }

/** Reads a whole answer; undefined where it is none of the API's. */
export function readReply(api: CountedApi, body: string): RecordedReply | undefined {
  const events = eventsOf(body)
  return events.length === 0 ? undefined : readers[api](events)
}

/** The JSON of an answer: one, or the data of each server-sent event. */
function eventsOf(body: string): JsonObject[] {
  const whole = parseObject(body)
  if (whole !== undefined) return [whole]
  const data = body.split('\n').filter((line) => line.startsWith('data:'))
  return data.map((line) => parseObject(line.slice(5))).filter((event) => event !== undefined)
}

type Reader = (events: readonly JsonObject[]) => RecordedReply | undefined

const readers: Readonly<Record<CountedApi, Reader>> = {
  messages(events) {
    const blocks: JsonObject[] = []
    const texts: string[] = []
    const inputs: string[] = []
    for (const event of events) {
      const index = Number(event['index'])
      const delta = objectField(event, 'delta')
      const block = blocks[index]
      if (textField(event, 'type') === 'content_block_start') blocks[index] = { ...objectField(event, 'content_block') }
      else if (block !== undefined && delta !== undefined) {
        texts[index] = `${texts[index] ?? ''}${textField(delta, 'text')}`
        inputs[index] = `${inputs[index] ?? ''}${textField(delta, 'partial_json')}`
      } else blocks.push(...objectsField(event, 'content'))
    }
    const parts = blocks.map((block, index) => ({
      block,
      text: `${textField(block, 'text')}${texts[index] ?? ''}`,
      input: parseObject(inputs[index] ?? ''),
    }))
    return reply(
      parts.flatMap(({ block, text }) => (textField(block, 'type') === 'text' ? text : [])),
      parts.flatMap(({ block, input }) =>
        textField(block, 'type') === 'tool_use'
          ? { name: textField(block, 'name'), input: input ?? objectField(block, 'input') ?? {} }
          : [],
      ),
    )
  },
  responses(events) {
    const last = events.findLast((event) => objectsField(objectField(event, 'response') ?? event, 'output').length > 0)
    const output = objectsField(objectField(last, 'response') ?? last, 'output')
    return reply(
      output.flatMap((item) => objectsField(item, 'content').map((part) => textField(part, 'text'))),
      output.flatMap((item) => {
        const name = textField(item, 'name')
        switch (textField(item, 'type')) {
          case 'function_call':
            return { name, input: parseObject(textField(item, 'arguments')) ?? {} }
          case 'custom_tool_call':
            return { name, input: textField(item, 'input') }
          default:
            return []
        }
      }),
    )
  },
  'generate-content'(events) {
    const parts = events.flatMap((event) =>
      objectsField(event, 'candidates').flatMap((candidate) =>
        objectsField(objectField(candidate, 'content'), 'parts'),
      ),
    )
    return reply(
      parts.flatMap((part) => (part['thought'] === true ? [] : textField(part, 'text'))),
      parts.flatMap((part) => {
        const call = objectField(part, 'functionCall')
        return call === undefined ? [] : { name: textField(call, 'name'), input: objectField(call, 'args') ?? {} }
      }),
    )
  },
  'chat-completions'(events) {
    const calls: { name: string; input: string }[] = []
    const texts: string[] = []
    for (const choice of events.flatMap((event) => objectsField(event, 'choices').slice(0, 1))) {
      const message = objectField(choice, 'delta') ?? objectField(choice, 'message')
      texts.push(textField(message, 'content'))
      for (const [position, call] of objectsField(message, 'tool_calls').entries()) {
        const index = Number(call['index'] ?? position)
        const of = objectField(call, 'function')
        const known = calls[index] ?? { name: '', input: '' }
        calls[index] = {
          name: known.name + textField(of, 'name'),
          input: known.input + textField(of, 'arguments'),
        }
      }
    }
    return reply(
      texts,
      calls.map(({ name, input }) => ({ name, input: parseObject(input) ?? {} })),
    )
  },
}

const reply = (texts: readonly string[], tools: readonly ToolCall[]): RecordedReply => ({ text: texts.join(''), tools })

/** The message of an error, by any of the APIs. */
export function readErrorMessage(body: string): string {
  const error = parseObject(body)?.['error']
  if (typeof error === 'string') return error
  return isObject(error) ? textField(error, 'message') : ''
}
