import { closeSync, fstatSync, readdirSync, readSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { JsonObject } from '../../core/json.ts'
import { addUsage, type Usage } from '../../core/usage.ts'
import { openRegularFile } from '../../process/read-regular-file.ts'
import { numberField, objectField, parseObject, textField } from '../json-fields.ts'

/** The session files that Codex writes beside its stream: the only place that names the model, and the usage of a killed turn. */
export interface CodexRollouts {
  /** Reads what was added since the last call. */
  refresh(): void
  /** Of the first thread. */
  readonly model: string | null
  /** Total of all threads so far; undefined before the first answer. */
  readonly usage: Usage | undefined
  /** How many threads there are: agents that Codex starts of its own have one each. */
  readonly threads: number
}

/** The rollouts below `$CODEX_HOME/sessions`, read as they grow. The home belongs to one attempt, so all of them are its own. */
export function openCodexRollouts(codexHome: string): CodexRollouts {
  const sessions = join(codexHome, 'sessions')
  const rollouts = new Map<string, Rollout>()
  let usage: Usage | undefined
  return {
    refresh() {
      for (const path of rolloutsIn(sessions)) {
        const rollout = rollouts.get(path) ?? openRollout(path)
        rollouts.set(path, rollout)
        rollout.refresh()
      }
      const known = [...rollouts.values()].flatMap((rollout) => rollout.usage ?? [])
      usage = known.length === 0 ? undefined : known.reduce(addUsage)
    },
    get model() {
      return rollouts.values().next().value?.model ?? null
    },
    get usage() {
      return usage
    },
    get threads() {
      return rollouts.size
    },
  }
}

/** One thread's file: how far it was read, and what it said. */
interface Rollout {
  refresh(): void
  readonly model: string | null
  readonly usage: Usage | undefined
}

function openRollout(path: string): Rollout {
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
      const added = readFrom(path, offset)
      if (added.length === 0) return
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

/** Oldest first: their names begin with the time. */
function rolloutsIn(sessions: string): string[] {
  try {
    return readdirSync(sessions, { recursive: true, encoding: 'utf8' })
      .filter((file) => /rollout-[^/\\]*\.jsonl$/.test(file))
      .toSorted()
      .map((file) => join(sessions, file))
      .filter((path) => statSync(path).isFile())
  } catch {
    return []
  }
}

/** Nothing of a file that cannot be read: it is the agent's, to do with as it likes. */
function readFrom(path: string, offset: number): Buffer {
  let file: number
  try {
    file = openRegularFile(path)
  } catch {
    return Buffer.alloc(0)
  }
  try {
    // one-byte characters keep a line that is not yet complete intact; all that is looked for is ASCII
    const bytes = Buffer.alloc(Math.max(0, fstatSync(file).size - offset))
    return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
  } finally {
    closeSync(file)
  }
}
