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

/** A place in a pattern: which character may stand here, and what may be passed over. */
interface Part {
  readonly accepts: (character: string) => boolean
  /** Stays here for more of the same. */
  readonly repeats: boolean
  /** How many parts may be passed over from here; 0 for none. */
  readonly skips: number
}

/** Follows all ways through a pattern at once, so that no text takes longer than its length. */
function compilePattern(filter: string): { readonly test: (path: string) => boolean } {
  const parts: Part[] = []
  for (let at = 0; at < filter.length;) at += readPart(filter, at, parts)
  const enter = (places: Set<number>, at: number): void => {
    if (places.has(at)) return
    places.add(at)
    const skips = parts[at]?.skips ?? 0
    if (skips > 0) enter(places, at + skips)
    if (parts[at]?.repeats === true) enter(places, at + 1)
  }
  return {
    test(path) {
      let places = new Set<number>()
      enter(places, 0)
      for (const character of path) {
        const next = new Set<number>()
        for (const at of places) {
          const part = parts[at]
          if (part?.accepts(character) === true) enter(next, part.repeats ? at : at + 1)
        }
        places = next
      }
      return places.has(parts.length)
    },
  }
}

const any = (): boolean => true
const none = (): boolean => false
const noSlash = (character: string): boolean => character !== '/'
const slash = (character: string): boolean => character === '/'

/** Adds the next part of a pattern; answers with its length. */
function readPart(filter: string, at: number, parts: Part[]): number {
  const rest = filter.slice(at)
  // `**/` also stands for no folder at all.
  if (rest.startsWith('**/') && (at === 0 || filter[at - 1] === '/')) {
    parts.push({ accepts: none, repeats: true, skips: 3 })
    parts.push({ accepts: any, repeats: true, skips: 0 }, { accepts: slash, repeats: false, skips: 0 })
    return 3
  }
  const stars = /^\*+/.exec(rest)?.[0].length ?? 0
  if (stars > 0) {
    parts.push({ accepts: stars > 1 ? any : noSlash, repeats: true, skips: 0 })
    return stars
  }
  const one = /^\\.|^\[[^\]]+\]|^./su.exec(rest)?.[0] ?? ''
  const repeated = /^[?+]/.exec(rest.slice(one.length))?.[0] ?? ''
  const accepts = acceptorOf(one)
  parts.push({ accepts, repeats: false, skips: repeated === '?' ? 1 : 0 })
  if (repeated === '+') parts.push({ accepts, repeats: true, skips: 0 })
  return one.length + repeated.length
}

function acceptorOf(one: string): (character: string) => boolean {
  if (one.length > 2 && one.startsWith('[')) return listOf(one.slice(1, -1))
  const plain = one.length > 1 && one.startsWith('\\') ? one.slice(1) : one
  return (character) => character === plain
}

/** Characters and ranges (`a-z`); a range that ends before it begins has none. */
function listOf(text: string): (character: string) => boolean {
  const characters = Array.from(text)
  const singles = new Set<string>()
  const ranges: (readonly [string, string])[] = []
  for (let at = 0; at < characters.length; at++) {
    const [first = '', dash, last] = characters.slice(at, at + 3)
    if (dash === '-' && last !== undefined) {
      ranges.push([first, last])
      at += 2
    } else singles.add(first)
  }
  return (character) =>
    singles.has(character) || ranges.some(([first, last]) => character >= first && character <= last)
}
