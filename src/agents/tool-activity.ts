import type { JsonObject } from '../core/json.ts'
import { plainLine } from '../core/plain-text.ts'
import { textField } from './json-fields.ts'

const telling = ['command', 'file_path', 'filePath', 'path', 'pattern', 'url', 'query', 'description', 'prompt']

/** What a tool call does, in one line: its name and the argument that tells most. */
export function toolActivity(name: string, input: JsonObject | undefined): string {
  const argument = telling.map((key) => textField(input, key)).find((value) => value !== '')
  return plainLine([name, argument].filter(Boolean).join(': '))
}
