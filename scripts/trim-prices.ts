const vendorText = /^ {2}\{\n {4}id: "([\w-]+)",\n {4}name: [^]*?^ {2}\},?\n/gm

/**
 * Leaves out of the bundled price list the vendors whose models we never ask it for: nine tenths of 480 kB, which V8 would parse and hold at the first model
 * that no other list knows. Throws where the list is written in another way.
 */
export function trimPrices(bundle: string, vendors: ReadonlySet<string>): string {
  if (!bundle.includes('api_pattern: ')) return bundle
  const kept = new Set<string>()
  const trimmed = bundle.replaceAll(vendorText, (entry: string, id: string) => {
    if (!vendors.has(id)) return ''
    kept.add(id)
    return entry
  })
  if (kept.size !== vendors.size || trimmed.split('api_pattern: ').length > vendors.size + 1)
    throw new Error('the price list is written in another way')
  return trimmed
}
