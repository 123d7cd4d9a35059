import { parseObject } from '../../core/parse-object.ts'
import { join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import { filesBelow, type JsonlTail, openJsonlTail } from '../jsonl-tail.ts'
import { objectField, textField } from '../json-fields.ts'

/** The transcripts of an attempt's own configuration directory: those of its session and of its subagents. */
export interface ClaudeTranscripts {
  /** The messages of the model that have come since the last look, with their final usage. */
  next(): JsonObject[]
}

/** Follows what the CLI writes down while it runs; a message stands there with all of its tokens once it is complete. */
export function openClaudeTranscripts(configDirectory: string): ClaudeTranscripts {
  const files = new Map<string, JsonlTail>()
  return {
    next() {
      const messages: JsonObject[] = []
      for (const path of filesBelow(join(configDirectory, 'projects'), /\.jsonl$/)) {
        const file = files.get(path) ?? openJsonlTail(path)
        files.set(path, file)
        for (const line of file.next()) {
          const entry = line.includes('"assistant"') ? parseObject(line) : undefined
          const message = objectField(entry, 'message')
          if (textField(entry, 'type') === 'assistant' && message !== undefined) messages.push(message)
        }
      }
      return messages
    },
  }
}
