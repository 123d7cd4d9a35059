import { addTo } from '../core/group-by.ts'
import { costOf, type ModelPrice, type Share } from '../core/price.ts'
import {
  type Accounting,
  addUsage,
  type CostSource,
  type ModelAccount,
  totalTokens,
  type Usage,
  zeroUsage,
} from '../core/usage.ts'
import type { Conclusion } from '../agents/agent.ts'
import type { ListedPrice, PriceList } from '../agents/price-list.ts'
import type { Lease } from '../agents/proxy/key-proxy.ts'
import type { Payer } from './live-price.ts'

/** What a CLI says and what its tokens cost may differ by so much without a word. */
const tolerance = 0.05

/** Dollars that nobody needs to hear of. */
const trifleUsd = 0.0005

/**
 * Prices an attempt: by the file's own prices where it has them, by the CLI's word, else by a list. What no list has stays unknown, and a price
 * that is not certainly that of the model is marked. Where CLI and list differ over 5 % that is said.
 */
export async function priceAttempt(
  conclusion: Conclusion,
  { provider, subscription }: Payer,
  lease: Lease | undefined,
  list: PriceList,
): Promise<Conclusion & { readonly accounts: readonly ModelAccount[] }> {
  const own: Accounting = { ...conclusion.accounting, ...(subscription && { subscription }) }
  const asked = sharesOf(conclusion, lease)
  const priced = await Promise.all(
    [...asked].map(async ([model, shares]) => priceModel(model, shares, await list.find(model, provider))),
  )
  const isCertain = priced.length > 0 && priced.every(({ account }) => account.costUsd !== null)
  const usd = priced.reduce((sum, { account }) => sum + (account.costUsd ?? 0), 0)
  const source = sources.find((each) => priced.some(({ account }) => account.costSource === each)) ?? 'unknown'
  const fileHolds = priced.some(({ account }) => account.costSource === 'prices')
  const isSaid = own.costUsd !== null && own.costSource === 'cli'
  const accounts = priced.map(({ account }) => account)
  const differing = isSaid && isCertain && !own.partial && source !== 'approximate' && differs(own.costUsd, priced)
  const remarks = differing
    ? [
        ...conclusion.remarks,
        {
          text: `it reported a cost of ${dollars(own.costUsd)}, but by the ${fileHolds ? 'prices of the file' : 'list prices'} its tokens cost ${dollars(usd)}`,
        },
      ]
    : conclusion.remarks
  if (own.usage === null || totalTokens(own.usage) === 0 || (own.costUsd !== null && !fileHolds))
    return { ...conclusion, accounting: own, remarks, accounts }
  const { costUsd: reported, atLeastUsd, ...rest } = own
  const bound = Math.max(atLeastUsd ?? 0, reported ?? 0, usd)
  const accounting: Accounting = {
    ...rest,
    ...(isCertain
      ? { costUsd: usd, costSource: source }
      : { costUsd: null, costSource: 'unknown', ...(bound > 0 && { atLeastUsd: bound }) }),
    ...(isSaid && reported !== null && { reportedUsd: reported }),
  }
  return { ...conclusion, accounting, remarks, accounts }
}

/** Of several models, the one that is least certain speaks for all. */
const sources: readonly CostSource[] = ['unknown', 'approximate', 'list-price', 'prices']

/** What each model was asked: by request where all went through the key proxy, else what the CLI says of them, or of the only one it names. */
function sharesOf({ accounting, model, models }: Conclusion, lease: Lease | undefined): Map<string, Share[]> {
  const shares = new Map<string, Share[]>()
  const add = (of: string, share: Share): void => addTo(shares, of, share)
  if (accounting.usage === null) return shares
  if (lease !== undefined && isWhole(accounting.usage, [lease.ledger.usage])) {
    for (const { count } of lease.served)
      if (count !== undefined) {
        const { usage, cacheWrite1h } = count
        add(count.model || (model ?? ''), { usage, cacheWrite1h, single: true })
      }
    return shares
  }
  if (models !== undefined && isWhole(accounting.usage, models.values()))
    for (const [name, { cacheWrite1h, ...usage }] of models)
      if (totalTokens(usage) > 0)
        add(name, { usage, ...(cacheWrite1h !== undefined && { cacheWrite1h }), single: false })
  if (shares.size === 0 && model !== null) add(model, { usage: accounting.usage, single: false })
  return shares
}

const isWhole = (usage: Usage, parts: Iterable<Usage>): boolean =>
  totalTokens(usage) === totalTokens([...parts].reduce(addUsage, zeroUsage))

interface PricedModel {
  readonly account: ModelAccount
  /** What it costs if all that is written to the cache is kept there for an hour, where nobody says. */
  readonly mostUsd: number
}

function priceModel(model: string, shares: readonly Share[], listed: ListedPrice | undefined): PricedModel {
  const usage = shares.map((share) => share.usage).reduce(addUsage, zeroUsage)
  const requests = shares.every(({ single }) => single) ? shares.length : null
  if (listed === undefined)
    return { account: { model, usage, requests, costUsd: null, costSource: 'unknown' }, mostUsd: 0 }
  const costs = shares.map((share) => costOf(listed.price, share))
  const costUsd = costs.reduce((sum, { usd }) => sum + usd, 0)
  const isExact = listed.basis !== 'similar' && costs.every(({ exact }) => exact)
  const costSource = !isExact ? 'approximate' : listed.basis === 'file' ? 'prices' : 'list-price'
  return { account: { model, usage, requests, costUsd, costSource }, mostUsd: mostOf(listed.price, shares) }
}

function mostOf(price: ModelPrice, shares: readonly Share[]): number {
  return shares.reduce((sum, { cacheWrite1h, ...share }) => {
    return sum + costOf(price, { ...share, cacheWrite1h: cacheWrite1h ?? share.usage.cacheWrite }).usd
  }, 0)
}

function differs(said: number | null, priced: readonly PricedModel[]): boolean {
  if (said === null) return false
  const least = priced.reduce((sum, { account }) => sum + (account.costUsd ?? 0), 0)
  const most = priced.reduce((sum, { mostUsd }) => sum + mostUsd, 0)
  const off = Math.max(least - said, said - Math.max(least, most))
  return off > trifleUsd && off > tolerance * Math.max(said, least)
}

const dollars = (usd: number | null): string => `$${(usd ?? 0).toFixed(4)}`
