import type { JsonObject } from '../../core/json.ts'
import { parseObject } from '../../core/parse-object.ts'
import type { Turn } from '../agent.ts'
import { objectField, objectsField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** What Codex itself says in the name of the user. */
const ofTheCli = /^\s*<(?:environment_context|user_instructions|permissions|skills?_instructions)\b/

/** A line of a rollout of Codex: the items of the conversation, without what Codex adds to it. */
export function codexTurns(line: string): readonly Turn[] {
  const entry = parseObject(line)
  const item = objectField(entry, 'payload')
  if (textField(entry, 'type') !== 'response_item') return []
  const type = textField(item, 'type')
  if (type === 'message') return messageTurns(item)
  if (type.endsWith('_call_output')) return [{ by: 'result', text: outputOf(item) }]
  if (!type.endsWith('_call')) return []
  const input = parseObject(textField(item, 'arguments')) ?? objectField(item, 'action')
  const name = textField(item, 'name') || type.replace(/_call$/, '')
  return [
    { by: 'tool', text: toolActivity(name, { command: textField(item, 'input'), ...(input && withCommand(input)) }) },
  ]
}

function messageTurns(item: JsonObject | undefined): Turn[] {
  const role = textField(item, 'role')
  const text = objectsField(item, 'content')
    .map((part) => textField(part, 'text'))
    .join('\n')
  if ((role !== 'user' && role !== 'assistant') || ofTheCli.test(text)) return []
  return [{ by: role === 'user' ? 'user' : 'agent', text }]
}

/** A command may be a list of words, or stand by another name. */
function withCommand(input: JsonObject): JsonObject {
  const { command = input['cmd'] ?? '' } = input
  return { ...input, command: Array.isArray(command) ? command.join(' ') : command }
}

/** What a tool gave: as text, in pieces, or as JSON that says more than that. */
function outputOf(item: JsonObject | undefined): string {
  const whole = textField(item, 'output')
  const pieces = whole === '' ? objectsField(item, 'output').map((part) => textField(part, 'text')) : [whole]
  return pieces.map((piece) => textField(parseObject(piece), 'output') || piece).join('\n')
}
