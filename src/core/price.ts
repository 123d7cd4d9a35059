import type { Usage } from './usage.ts'

/** Dollars per million tokens. What is left out costs what its ancestor does: the cache what input does, an hour in it what the cache does. */
export interface Rates {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number
  readonly cacheWrite?: number
  /** Written to a cache that keeps it for an hour. */
  readonly cacheWrite1h?: number
}

/** Rates by those that are known, in the order of their keys; undefined without those of input and output. */
export function ratesOf([input, output, cacheRead, cacheWrite, cacheWrite1h]: readonly (number | undefined)[]):
  | Rates
  | undefined {
  if (input === undefined || output === undefined) return undefined
  return {
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWrite1h !== undefined && { cacheWrite1h }),
  }
}

/** What a model costs. */
export interface ModelPrice extends Rates {
  /** Rates of requests whose prompt is longer than so many tokens, ascending; they hold for the whole request. */
  readonly tiers?: readonly (Rates & { readonly above: number })[]
}

/** Tokens to be priced: of one request, or the sum of several. */
export interface Share {
  readonly usage: Usage
  /** Of `usage.cacheWrite`, what is kept for an hour; undefined: nobody says. */
  readonly cacheWrite1h?: number
  /** Whether it is one request: only then is it known which tier it falls into. */
  readonly single: boolean
}

/** What a share costs by a price, and whether that is certain: of a sum it may be open which tier its requests fell into. */
export function costOf(price: ModelPrice, { usage, cacheWrite1h = 0, single }: Share): { usd: number; exact: boolean } {
  const { tiers = [] } = price
  const prompt = usage.input + usage.cacheRead + usage.cacheWrite
  const tier = tiers.findLast(({ above }) => prompt > above)
  const rates = single ? (tier ?? price) : price
  const { input, output, cacheRead = input, cacheWrite = input, cacheWrite1h: hour } = rates
  const millionths =
    usage.input * input +
    usage.cacheRead * cacheRead +
    (usage.cacheWrite - cacheWrite1h) * cacheWrite +
    cacheWrite1h * (hour ?? cacheWrite) +
    usage.output * output
  const isHourKnown = cacheWrite1h === 0 || hour !== undefined
  return { usd: millionths / 1e6, exact: isHourKnown && (single || tier === undefined) }
}
