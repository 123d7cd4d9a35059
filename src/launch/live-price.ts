import { costOf } from '../core/price.ts'
import type { Accounting } from '../core/usage.ts'
import type { ListedPrice, PriceList } from '../agents/price-list.ts'

/** Who was asked, and who pays. */
export interface Payer {
  /** The account that is asked, by the name that lists of prices know it by. */
  readonly provider: string
  readonly subscription: boolean
}

/**
 * Gives an account that says no cost one while its attempt runs, so that budgets in dollars hold it. Until the price is found, and where there is
 * none or nobody named the model, an account stays as it is.
 */
export function livePricer(
  model: string | undefined,
  { provider }: Payer,
  list: PriceList,
): (accounting: Accounting) => Accounting {
  let listed: ListedPrice | undefined
  const find = async (): Promise<void> => {
    if (model !== undefined) listed = await list.find(model, provider)
  }
  void find()
  return (accounting) => {
    if (listed === undefined || accounting.usage === null || accounting.costUsd !== null) return accounting
    const { usd, exact } = costOf(listed.price, { usage: accounting.usage, single: false })
    const isSure = exact && listed.basis !== 'similar'
    const costSource = !isSure ? 'approximate' : listed.basis === 'file' ? 'prices' : 'list-price'
    return { ...accounting, costUsd: usd, costSource }
  }
}
