/** An answer of GitHub with a part of a list. */
interface Page {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** One page with GitHub's `Link` header; at most 100 a page, 30 unless asked for. */
export function page(items: readonly unknown[], url: URL): Page {
  const size = Math.min(Number(url.searchParams.get('per_page') ?? 30), 100)
  const current = Number(url.searchParams.get('page') ?? 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const link = (number: number, rel: string): string => {
    const target = new URL(url)
    target.searchParams.set('page', String(number))
    return `<${target.href}>; rel="${rel}"`
  }
  const links: string[] = []
  if (current > 1) links.push(link(current - 1, 'prev'), link(1, 'first'))
  if (current < last) links.push(link(current + 1, 'next'), link(last, 'last'))
  const body = items.slice((current - 1) * size, current * size)
  return { status: 200, body, ...(links.length > 0 && { headers: { link: links.join(', ') } }) }
}
