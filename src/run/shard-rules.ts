import type { Refusal } from '../core/refusal.ts'
import { mostShards, type ShardBy, type ShardRules } from './make-shards.ts'

/** Reads `shard-by`, `max-shards` and `max-levels` as they are written, each empty or undefined where it is not given. */
export function readShardRules(
  value: (name: 'shard-by' | 'max-shards' | 'max-levels') => string | undefined,
): (Omit<ShardRules, 'only'> & { readonly only: null }) | Refusal {
  const by = readBy(value('shard-by') || 'level')
  if (by === undefined)
    return {
      mistake: `\`shard-by\` must be \`level\`, \`runtime\`, \`label\`, \`instance\` or a whole number of 1 or more, found \`${value('shard-by')}\``,
    }
  const maxShards = readCount(value('max-shards') || String(mostShards))
  if (maxShards === undefined || maxShards > mostShards)
    return {
      mistake: `\`max-shards\` must be a whole number from 1 to ${mostShards}, found \`${value('max-shards')}\``,
    }
  const levels = value('max-levels') || undefined
  const maxLevels = levels === undefined ? undefined : readCount(levels)
  if (levels !== undefined && maxLevels === undefined)
    return { mistake: `\`max-levels\` must be a whole number of 1 or more, found \`${levels}\`` }
  return { by, maxShards, only: null, ...(maxLevels !== undefined && { maxLevels }) }
}

function readBy(text: string): ShardBy | undefined {
  const named = (['level', 'runtime', 'label', 'instance'] as const).find((name) => name === text)
  return named ?? readCount(text)
}

function readCount(text: string): number | undefined {
  return /^[1-9]\d{0,4}$/.test(text) ? Number(text) : undefined
}
