import { parseObject } from '../../core/parse-object.ts'
import type { Turn } from '../agent.ts'
import { objectField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** A line of a session's events: of the same form as those that the Copilot CLI prints. */
export function copilotTurns(line: string): readonly Turn[] {
  const event = parseObject(line)
  const data = objectField(event, 'data')
  switch (textField(event, 'type')) {
    case 'user.message':
      return [{ by: 'user', text: textField(data, 'content') }]
    case 'assistant.message':
      return [{ by: 'agent', text: textField(data, 'content') }]
    case 'tool.execution_start':
      return [{ by: 'tool', text: toolActivity(textField(data, 'toolName'), objectField(data, 'arguments')) }]
    case 'tool.execution_complete':
      return [
        {
          by: 'result',
          text: textField(objectField(data, 'result'), 'content') || textField(objectField(data, 'error'), 'message'),
        },
      ]
    default:
      return []
  }
}
