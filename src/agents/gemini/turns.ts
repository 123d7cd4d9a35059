import type { JsonObject } from '../../core/json.ts'
import { parseObject } from '../../core/parse-object.ts'
import type { Turn } from '../agent.ts'
import { objectField, objectsField, textField } from '../json-fields.ts'
import { toolActivity } from '../tool-activity.ts'

/** The lines of a chat of Gemini CLI: a message is written anew, by the same id, when its tools have run. */
export function geminiTurns(): (line: string) => readonly Turn[] {
  const told = new Map<string, number>()
  return (line) => {
    const entry = parseObject(line)
    const type = textField(entry, 'type')
    if (entry === undefined || (type !== 'user' && type !== 'gemini')) return []
    const turns = type === 'user' ? [{ by: 'user' as const, text: textOf(entry) }] : answerTurns(entry)
    const id = textField(entry, 'id')
    const known = told.get(id) ?? 0
    told.set(id, Math.max(known, turns.length))
    return turns.slice(known)
  }
}

function answerTurns(entry: JsonObject): Turn[] {
  const said = textOf(entry)
  return [
    ...(said === '' ? [] : [{ by: 'agent' as const, text: said }]),
    ...objectsField(entry, 'toolCalls').flatMap((call): Turn[] => [
      { by: 'tool', text: toolActivity(textField(call, 'name'), objectField(call, 'args')) },
      { by: 'result', text: textField(call, 'resultDisplay') || resultOf(call) },
    ]),
  ]
}

const textOf = (entry: JsonObject): string =>
  textField(entry, 'content') ||
  objectsField(entry, 'content')
    .map((part) => textField(part, 'text'))
    .join('\n')

const resultOf = (call: JsonObject): string =>
  objectsField(call, 'result')
    .map((part) => objectField(objectField(part, 'functionResponse'), 'response'))
    .map((response) => textField(response, 'output') || textField(response, 'error'))
    .join('\n')
