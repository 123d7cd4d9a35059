/**
 * Whether a path passes a list of filters, by the rules of GitHub's `paths`: `*` is anything but a slash, `**` anything at all, a `?` or `+` after a
 * character repeats it none or one time, or one or more times, `[]` lists characters, a leading `!` takes out again what an earlier
 * filter let in. The last filter that matches decides; the whole path must match, from the repository's root.
 */
export function createPathFilter(filters: readonly string[]): (path: string) => boolean {
  const rules = filters.map((filter) => {
    const negative = filter.startsWith('!')
    return { negative, pattern: compilePattern(negative ? filter.slice(1) : filter) }
  })
  return (path) => {
    let passes = false
    for (const { negative, pattern } of rules) if (passes === negative && pattern.test(path)) passes = !negative
    return passes
  }
}

function compilePattern(filter: string): RegExp {
  let source = ''
  for (let at = 0; at < filter.length;) {
    const { length, regex } = readPart(filter, at)
    source += regex
    at += length
  }
  return new RegExp(`^${source}$`, 'su')
}

/** The next part of a pattern, as a regular expression without alternatives that overlap. */
function readPart(filter: string, at: number): { readonly length: number; readonly regex: string } {
  const rest = filter.slice(at)
  const isStart = at === 0 || filter[at - 1] === '/'
  // `**/` also stands for no folder at all.
  if (rest.startsWith('**/') && isStart) return { length: 3, regex: '(?:.*/)?' }
  const stars = /^\*+/.exec(rest)?.[0].length ?? 0
  if (stars > 0) return { length: stars, regex: stars > 1 ? '.*' : '[^/]*' }
  const one = /^\\.|^\[[^\]]+\]|^./su.exec(rest)?.[0] ?? ''
  const repeated = /^[?+]/.exec(rest.slice(one.length))?.[0] ?? ''
  return { length: one.length + repeated.length, regex: characterOf(one) + repeated }
}

function characterOf(one: string): string {
  if (one.length > 2 && one.startsWith('[')) return `[${one.slice(1, -1).replaceAll(/[\\^\]]/g, '\\$&')}]`
  const plain = one.length > 1 && one.startsWith('\\') ? one.slice(1) : one
  return plain.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
}
