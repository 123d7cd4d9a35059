import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Accounting, addUsage, type Usage, zeroUsage } from '../../core/usage.ts'
import { readRegularFile } from '../../process/read-regular-file.ts'
import { messageUsage } from './accounting.ts'
import { objectField, parseObject, textField } from '../json-fields.ts'

/**
 * What a process that was killed before its `result` line had consumed, from the transcripts in its own configuration directory:
 * each message once, by its id, with the last usage written for it. Undefined when there is none; always partial,
 * since the request under way is not in it.
 */
export function readClaudeTranscript(configDirectory: string): Accounting | undefined {
  const messages = new Map<string, Usage>()
  for (const path of transcriptsIn(join(configDirectory, 'projects')))
    for (const line of readText(path).split('\n')) {
      if (!line.includes('"assistant"')) continue
      const entry = parseObject(line)
      const message = objectField(entry, 'message')
      const usage = objectField(message, 'usage')
      if (textField(entry, 'type') !== 'assistant' || usage === undefined) continue
      if (textField(message, 'model') !== '<synthetic>') messages.set(textField(message, 'id'), messageUsage(usage))
    }
  if (messages.size === 0) return undefined
  let usage = zeroUsage
  for (const message of messages.values()) usage = addUsage(usage, message)
  return { usage, costUsd: null, costSource: 'unknown', partial: true }
}

/** Most bytes of a transcript that are read. */
const mostBytes = 256 * 1024 * 1024

/** Nothing of a file that cannot be read: it is the agent's, to do with as it likes. */
function readText(path: string): string {
  try {
    return readRegularFile(path, { maxBytes: mostBytes }).toString('utf8')
  } catch {
    return ''
  }
}

function transcriptsIn(directory: string): string[] {
  try {
    return readdirSync(directory, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => join(directory, name))
      .filter((path) => statSync(path).isFile())
  } catch {
    return []
  }
}
