import type { Usage } from '../../core/usage.ts'

/** Dollars per million tokens: input, read from and written to the cache, output. */
type Price = readonly [input: number, cacheRead: number, cacheWrite: number, output: number]

/**
 * The list prices by which Claude Code itself counts, by the model's exact id. They only serve while a process runs and where it was
 * killed: what it reports at its end replaces them. A model that is not here costs what nobody knows.
 */
export const claudePrices: Readonly<Record<string, Price>> = {
  'claude-opus-5-5': [4, 0.2, 5, 20],
  'claude-sonnet-5-5': [2, 0.1, 2.5, 10],
  'claude-opus-4-8': [5, 0.5, 6.25, 25],
}

/** What these tokens cost by the list; undefined where the model is not on it. */
export function listPriceUsd(model: string, usage: Usage): number | undefined {
  const price = claudePrices[model.replace(/\[\w+\]$/, '')]
  if (price === undefined) return undefined
  const [input, cacheRead, cacheWrite, output] = price
  const millionths =
    usage.input * input + usage.cacheRead * cacheRead + usage.cacheWrite * cacheWrite + usage.output * output
  return millionths / 1e6
}
