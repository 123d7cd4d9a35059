import { type ModelPrice, type Rates, ratesOf } from '../core/price.ts'
import type { OrchestrationFile } from './schema.ts'

type PricesEntry = NonNullable<OrchestrationFile['prices']>
type PriceEntry = PricesEntry[string]
type RatesEntry = Omit<PriceEntry, 'tiers'>

/** The prices of a plan, by model; the tiers in their order. What was mistaken is left out. */
export function readPrices(entries: PricesEntry): Readonly<Record<string, ModelPrice>> {
  const prices = Object.entries(entries).flatMap(([model, entry]): [string, ModelPrice][] => {
    const base = entry === undefined ? undefined : readRates(entry)
    if (base === undefined) return []
    const tiers = (entry?.tiers ?? []).flatMap((tier) => {
      const own = tier === undefined ? undefined : readRates(tier)
      return own === undefined || typeof tier?.above !== 'number' ? [] : [{ ...own, above: tier.above }]
    })
    tiers.sort((a, b) => a.above - b.above)
    return [[model, { ...base, ...(tiers.length > 0 && { tiers }) }]]
  })
  return Object.fromEntries(prices)
}

function readRates(entry: RatesEntry): Rates | undefined {
  const { input, output, 'cache-read': cacheRead, 'cache-write': cacheWrite, 'cache-write-1h': cacheWrite1h } = entry
  if (typeof input !== 'number' || typeof output !== 'number') return undefined
  return ratesOf([input, output, cacheRead, cacheWrite, cacheWrite1h])
}

/** Prices as the file spells them. */
export function printPrices(prices: Readonly<Record<string, ModelPrice>>): PricesEntry {
  return Object.fromEntries(
    Object.entries(prices).map(([model, { tiers, ...base }]) => [
      model,
      {
        ...printRates(base),
        ...(tiers && { tiers: tiers.map(({ above, ...own }) => ({ above, ...printRates(own) })) }),
      },
    ]),
  )
}

const printRates = ({ input, output, cacheRead, cacheWrite, cacheWrite1h }: Rates): RatesEntry => ({
  input,
  output,
  ...(cacheRead !== undefined && { 'cache-read': cacheRead }),
  ...(cacheWrite !== undefined && { 'cache-write': cacheWrite }),
  ...(cacheWrite1h !== undefined && { 'cache-write-1h': cacheWrite1h }),
})
