import type { ModelRequest } from './model-request.ts'
import type { ServedUsage } from './reply.ts'
import { charactersPerToken } from './resolved-reply.ts'

/** How long what nobody reads is kept: https://docs.claude.com/en/docs/build-with-claude/prompt-caching */
const keptMs = 300_000

/** Fewer tokens are not kept. */
const leastTokens = 1024

/** What a model API remembers of the starts of prompts. */
export interface PrefixCache {
  /** What a request that begins now is served, with what was marked in it counted as read or written. */
  count(request: ModelRequest, usage: ServedUsage): ServedUsage
  /** The answer has begun: from now on what the request marked can be read. */
  keep(request: ModelRequest): void
}

/** An empty cache. `now` is milliseconds on any steady clock. */
export function createPrefixCache(now: () => number): PrefixCache {
  const keptUntil = new Map<string, number>()
  const isKept = (name: string): boolean => now() < (keptUntil.get(name) ?? 0)
  return {
    count({ marked }, usage) {
      const tokens = Math.floor((marked?.size ?? 0) / charactersPerToken)
      if (marked === undefined || tokens < leastTokens) return usage
      const input = Math.max(0, usage.input - tokens)
      if (!isKept(marked.name)) return { ...usage, input, cacheWrite: usage.cacheWrite + tokens }
      keptUntil.set(marked.name, now() + keptMs)
      // What stands before it is read with it: the instructions of the CLI.
      return { ...usage, input, cacheRead: usage.cacheRead + usage.cacheWrite + tokens, cacheWrite: 0 }
    },
    keep({ marked }) {
      if (marked !== undefined) keptUntil.set(marked.name, now() + keptMs)
    },
  }
}
