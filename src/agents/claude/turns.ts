import type { JsonObject } from '../../core/json.ts'
import { parseObject } from '../../core/parse-object.ts'
import type { Turn } from '../agent.ts'
import { objectField, objectsField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** A line of a session file of Claude Code: what is neither said nor done (snapshots of prompts, requests, costs) says nothing. */
export function claudeTurns(line: string): readonly Turn[] {
  const entry = parseObject(line)
  const type = textField(entry, 'type')
  if ((type !== 'user' && type !== 'assistant') || entry?.['isMeta'] === true) return []
  const message = objectField(entry, 'message')
  const by = type === 'user' ? 'user' : 'agent'
  const whole = textField(message, 'content')
  if (whole !== '') return [{ by, text: whole }]
  return objectsField(message, 'content').flatMap((block) => turnsOf(block, by))
}

function turnsOf(block: JsonObject, by: 'user' | 'agent'): Turn[] {
  switch (textField(block, 'type')) {
    case 'text':
      return [{ by, text: textField(block, 'text') }]
    case 'tool_use':
      return [{ by: 'tool', text: toolActivity(textField(block, 'name'), objectField(block, 'input')) }]
    case 'tool_result': {
      const parts = objectsField(block, 'content').map((part) => textField(part, 'text'))
      return [{ by: 'result', text: textField(block, 'content') || parts.join('\n') }]
    }
    default:
      return []
  }
}
