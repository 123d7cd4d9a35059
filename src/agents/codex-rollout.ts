import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../core/json.ts'
import type { Usage } from '../core/usage.ts'
import { numberField, objectField, parseObject, textField } from './json-fields.ts'

/** The session file that Codex writes beside its stream: the only place that names the model, and the usage of a killed turn. */
export interface CodexRollout {
  /** Reads what was added since the last call. */
  refresh(): void
  readonly model: string | null
  /** Total of the thread so far; undefined before the first answer. */
  readonly usage: Usage | undefined
}

/** The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own. */
export function openCodexRollout(codexHome: string): CodexRollout {
  let path: string | undefined
  let offset = 0
  let rest = ''
  let model: string | null = null
  let usage: Usage | undefined
  const take = (line: string): void => {
    if (!line.includes('"token_count"') && !line.includes('"turn_context"')) return
    const entry = parseObject(line)
    const payload = objectField(entry, 'payload')
    if (textField(entry, 'type') === 'turn_context') model = textField(payload, 'model') || model
    const total = objectField(objectField(payload, 'info'), 'total_token_usage')
    if (textField(payload, 'type') === 'token_count' && total !== undefined) usage = codexUsage(total)
  }
  return {
    refresh() {
      path ??= findRollout(join(codexHome, 'sessions'))
      if (path === undefined) return
      const added = readFrom(path, offset)
      offset += added.length
      const lines = (rest + added.toString('latin1')).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    },
    get model() {
      return model
    },
    get usage() {
      return usage
    },
  }
}

/**
 * Codex's counters in our terms: its input includes what was read from and written to the cache, its output the reasoning.
 */
export function codexUsage(usage: JsonObject): Usage {
  const cacheRead = numberField(usage, 'cached_input_tokens')
  const cacheWrite = numberField(usage, 'cache_write_input_tokens')
  return {
    input: Math.max(0, numberField(usage, 'input_tokens') - cacheRead - cacheWrite),
    cacheRead,
    cacheWrite,
    output: numberField(usage, 'output_tokens'),
    reasoning: numberField(usage, 'reasoning_output_tokens'),
  }
}

function findRollout(sessions: string): string | undefined {
  try {
    const name = readdirSync(sessions, { recursive: true, encoding: 'utf8' }).find((file) =>
      /rollout-[^/\\]*\.jsonl$/.test(file),
    )
    return name === undefined ? undefined : join(sessions, name)
  } catch {
    return undefined
  }
}

function readFrom(path: string, offset: number): Buffer {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset))
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
  } finally {
    closeSync(file)
  }
}
