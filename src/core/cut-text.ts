/** At most `limit` UTF-16 units of a text, the last of them `…` where something was cut. What may hold a secret is redacted before. */
export function cutText(text: string, limit: number): string {
  return text.length <= limit ? text : `${headOf(text, limit - 1)}…`
}

/** The first `limit` UTF-16 units, one less where that would split a surrogate pair. */
export function headOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}

/** The last `limit` UTF-16 units, one less where that would split a surrogate pair. */
export function endOf(text: string, limit: number): string {
  if (text.length <= limit) return text
  const start = text.length - limit
  const first = text.charCodeAt(start)
  return text.slice(first >= 0xdc00 && first <= 0xdfff ? start + 1 : start)
}

/** The start and the end of a text, at most `limit` UTF-16 units with what is said in between about the units left out. */
export function cutMiddle(text: string, limit: number, gap: (left: number) => string): string {
  if (text.length <= limit) return text
  const share = limit - gap(text.length).length
  const head = headOf(text, Math.ceil((share * 3) / 4))
  const end = endOf(text, Math.floor(share / 4))
  return `${head}${gap(text.length - head.length - end.length)}${end}`
}
