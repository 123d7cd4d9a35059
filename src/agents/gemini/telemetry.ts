import { join } from 'node:path'
import { readRegularFile } from '../../process/read-regular-file.ts'
import type { AttemptDirectory } from '../agent.ts'

/** Most bytes that are read: a request takes some 100 kB. */
const mostBytes = 64 * 1024 * 1024

/** Where the CLI keeps its own telemetry for us. It goes with the attempt's home. */
export const telemetryFile = ({ home }: AttemptDirectory): string => join(home, '.gemini', 'telemetry.log')

/** What the stream of the CLI hides about its requests. */
export interface GeminiRequests {
  /** Whether one broke off after it had been taken, and was asked for again without a word, or its answer told nothing of its tokens. */
  readonly lost: boolean
  /** Whether the last answer to the user came to the limit of its length. */
  readonly cutOff: boolean
}

/** Reads the telemetry; undefined where there is none, or more than can be read. */
export function readRequests(directory: AttemptDirectory): GeminiRequests | undefined {
  let text: string
  try {
    text = readRegularFile(telemetryFile(directory), { maxBytes: mostBytes, followLinks: false }).toString('utf8')
  } catch {
    return undefined
  }
  let lost = false
  let cutOff = false
  // Attributes of a record, as `JSON.stringify` indents them: no text in them has a line end of its own.
  for (const [, kind, attributes = ''] of text.matchAll(
    /"event\.name": "gemini_cli\.(api_error|api_response)"([^]*?)\n {2}\}/g,
  ))
    if (kind === 'api_error') lost ||= !attributes.includes('"http.status_code"') && !neverConnected.test(attributes)
    else {
      lost ||= /"total_token_count": 0\b/.test(attributes)
      if (!attributes.includes('"role": "main"')) continue
      cutOff = /"finish_reasons": \[\s*"(?:length|max_tokens)"/i.test(attributes)
    }
  return { lost, cutOff }
}

const neverConnected = /fetch failed|ECONNREFUSED|ENOTFOUND|EAI_AGAIN/
