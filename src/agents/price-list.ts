import type { PriceCalculationResult } from '@pydantic/genai-prices'
import { type ModelPrice, ratesOf } from '../core/price.ts'
import { claudePrices } from './claude/prices.ts'

/** What is known of a model's price. */
export interface ListedPrice {
  readonly price: ModelPrice
  /** `file`: the orchestration file says it; `list`: a list has this very model; `similar`: a list has one like it. */
  readonly basis: 'file' | 'list' | 'similar'
}

/** Finds prices by the id of a model as its provider says it, and whose it is (`anthropic`, `openai`, `google`; others have no list). */
export interface PriceList {
  find(model: string, provider: string): Promise<ListedPrice | undefined>
  /** Whether the orchestration file has prices, which hold over what a CLI says. */
  readonly ofFile: boolean
}

/** The prices of a file first, then Claude Code's own, then those of `@pydantic/genai-prices`, which is loaded when it is the one to ask. */
export function createPriceList(ofFile: Readonly<Record<string, ModelPrice>>): PriceList {
  const known = new Map<string, Promise<ListedPrice | undefined>>()

  const look = async (model: string, provider: string): Promise<ListedPrice | undefined> => {
    const id = plainId(model)
    const own = [model, id, undated(id)].find((name) => Object.hasOwn(ofFile, name))
    if (own !== undefined && ofFile[own] !== undefined) return { price: ofFile[own], basis: 'file' }
    const ofClaude = provider === 'anthropic' ? claudePrices[undated(id)] : undefined
    if (ofClaude !== undefined) {
      const [input, cacheRead, cacheWrite, output] = ofClaude
      return { price: { input, cacheRead, cacheWrite, output, cacheWrite1h: 2 * input }, basis: 'list' }
    }
    if (!listedProviders.has(provider)) return undefined
    const found = await askList(id, provider)
    const price = found === null ? undefined : priceOf(found.model_price)
    if (found === null || price === undefined) return undefined
    return { price, basis: isSame(id, found.model.id, JSON.stringify(found.model.match)) ? 'list' : 'similar' }
  }

  return {
    ofFile: Object.keys(ofFile).length > 0,
    find(model, provider) {
      const key = `${provider}/${model}`
      const finding = known.get(key) ?? look(model, provider)
      known.set(key, finding)
      return finding
    },
  }
}

/** What the list has; a price that it cannot tell, by throwing, is none. */
async function askList(id: string, providerId: string): Promise<PriceCalculationResult> {
  try {
    const { calcPrice } = await import('@pydantic/genai-prices')
    return calcPrice({ input_tokens: 1 }, id, { providerId })
  } catch {
    return null
  }
}

/** Whose models the list is asked for, by its ids of vendors; the others are left out of the bundle. */
export const listedProviders: ReadonlySet<string> = new Set(['anthropic', 'openai', 'google'])

/** An id without its place (`models/`, `anthropic/`) and Claude Code's mark of a long context. */
const plainId = (model: string): string => model.replace(/^.*\//, '').replace(/\[\w+\]$/, '')

/** An id without the date of its snapshot, and `latest`. */
const undated = (id: string): string => id.replace(/-(?:\d{8}|\d{4}-\d{2}-\d{2}|latest)$/, '')

/** The list takes `claude-sonnet-5-5` for `claude-sonnet-5` without a word: only the same id is the same model, or one that it names in full. */
function isSame(id: string, found: string, match: string): boolean {
  return undated(id) === undated(found) || match.includes(`{"equals":${JSON.stringify(id)}}`)
}

type Tiered = { readonly base: number; readonly tiers: readonly { readonly start: number; readonly price: number }[] }

/** A price of the list in our terms; undefined where it is not by tokens. */
function priceOf(listed: Readonly<Record<string, unknown>>): ModelPrice | undefined {
  const names = ['input', 'output', 'cache_read', 'cache_write', 'cache_write_1h'] as const
  const given = names.map((name) => listed[`${name}_mtok`] as number | Tiered | undefined)
  const starts = new Set(
    given.flatMap((rate) => (typeof rate === 'object' ? rate.tiers.map(({ start }) => start) : [])),
  )
  const base = ratesOf(given.map((rate) => (typeof rate === 'object' ? rate.base : rate)))
  if (base === undefined) return undefined
  const tiers = [...starts]
    .toSorted((a, b) => a - b)
    .flatMap((above) => {
      const rates = ratesOf(given.map((rate) => rateAbove(rate, above)))
      return rates === undefined ? [] : [{ ...rates, above }]
    })
  return { ...base, ...(tiers.length > 0 && { tiers }) }
}

function rateAbove(rate: number | Tiered | undefined, above: number): number | undefined {
  if (typeof rate !== 'object') return rate
  return rate.tiers.findLast(({ start }) => start <= above)?.price ?? rate.base
}
