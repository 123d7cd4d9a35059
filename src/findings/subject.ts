import type { Finding } from '../core/finding.ts'

/** What findings are about, in a form in which any two can be compared. */
export interface Subjects {
  /** How alike two are by their words, from 0 to 1; by their places in the list. */
  likeness(a: number, b: number): number
  /** Whether both name one symbol of the code: an identifier of several words. */
  sharesSymbol(a: number, b: number): boolean
  /** The findings that share a word, for each word that at most `most` of them have; in the list's order. */
  holdersOfRareWords(most: number): Iterable<readonly number[]>
}

/** Words that say nothing about which problem is meant. */
const stopWords: ReadonlySet<string> = new Set(
  (
    'the a an is are to of in and or that this it for on with not be as by can when which will at from should could would may but ' +
    'instead has have been if into does do so was were there their its than then no use uses used using also only code method ' +
    'function value issue because'
  ).split(' '),
)

const endings = ['ations', 'ation', 'ingly', 'ings', 'ing', 'edly', 'ies', 'ed', 'ly', 'es', 's', 'ion', 'ment']

/** Length of the pieces of words that make `cached` and `caching` alike. */
const pieceLength = 4

/** What a piece weighs beside a word. */
const pieceWeight = 0.3

/** Characters of a finding's text that are compared; what follows rarely says what the problem is. */
const comparedLength = 2000

/** `stem` of a word, `#identifier` whole, `~piece` of a word; by the first character they are told apart. */
type Term = string

/**
 * Reads what findings are about: the stems of their words, the parts of identifiers and each identifier whole, and, of their titles, pieces of
 * words. A term weighs the more the fewer findings have it, so that what a whole pull request is about tells nothing apart.
 */
export function readSubjects(findings: readonly Pick<Finding, 'title' | 'body' | 'rule'>[]): Subjects {
  const numbers = new Map<Term, number>()
  const names: Term[] = []
  const holders: number[][] = []
  const counts = findings.map((finding, index) => {
    const own = new Map<number, number>()
    for (const [term, weight] of termsOf(finding)) {
      let number = numbers.get(term)
      if (number === undefined) {
        number = names.length
        numbers.set(term, number)
        names.push(term)
        holders.push([])
      }
      holders[number]?.push(index)
      own.set(number, weight)
    }
    return own
  })
  const vectors = counts.map((own) => vectorOf(own, holders, findings.length))
  return {
    likeness: (a, b) => cosine(vectors[a], vectors[b]),
    sharesSymbol(a, b) {
      const other = counts[b]
      for (const number of counts[a]?.keys() ?? [])
        if (names[number]?.startsWith('#') === true && other?.has(number) === true) return true
      return false
    },
    *holdersOfRareWords(most) {
      for (const [number, indexes] of holders.entries())
        if (indexes.length > 1 && indexes.length <= most && names[number]?.startsWith('~') === false) yield indexes
    },
  }
}

/** Terms by ascending number, and what each weighs; of length 1. */
interface Vector {
  readonly terms: Int32Array
  readonly weights: Float64Array
}

function vectorOf(own: ReadonlyMap<number, number>, holders: readonly (readonly number[])[], total: number): Vector {
  const terms = Int32Array.from(own.keys()).toSorted()
  const weights = new Float64Array(terms.length)
  let square = 0
  for (const [at, term] of terms.entries()) {
    const count = own.get(term) ?? 0
    const rarity = Math.log((total + 1) / (holders[term]?.length ?? 1)) + 0.1
    const weight = rarity * (count >= 1 ? 1 + Math.log(count) : count)
    weights[at] = weight
    square += weight * weight
  }
  const length = Math.sqrt(square) || 1
  for (const at of weights.keys()) weights[at] = (weights[at] ?? 0) / length
  return { terms, weights }
}

function cosine(one: Vector | undefined, other: Vector | undefined): number {
  if (one === undefined || other === undefined) return 0
  let product = 0
  for (let a = 0, b = 0; a < one.terms.length && b < other.terms.length;) {
    const [termA, termB] = [one.terms[a] ?? 0, other.terms[b] ?? 0]
    if (termA === termB) product += (one.weights[a++] ?? 0) * (other.weights[b++] ?? 0)
    else if (termA < termB) a++
    else b++
  }
  return product
}

function termsOf({ title, body, rule }: Pick<Finding, 'title' | 'body' | 'rule'>): Map<Term, number> {
  const terms = new Map<Term, number>()
  addTerms(terms, title.slice(0, comparedLength), true)
  if (rule !== null) addTerms(terms, rule, true)
  addTerms(terms, body.slice(0, comparedLength), false)
  return terms
}

function addTerms(terms: Map<Term, number>, text: string, withPieces: boolean): void {
  const add = (term: Term, weight: number): void => void terms.set(term, (terms.get(term) ?? 0) + weight)
  for (const token of text.match(/[\p{L}_][\p{L}\p{M}\p{N}_]*|\p{N}+/gu) ?? []) {
    const parts = /^[a-z]+$/.test(token) ? [token] : partsOf(token)
    if (parts.length > 1) add(`#${token.toLowerCase()}`, 1)
    for (const word of parts) if (word.length > 1 && !stopWords.has(word)) add(stemOf(word), 1)
    if (!withPieces) continue
    const whole = parts.join('')
    if (whole.length < pieceLength || stopWords.has(whole)) continue
    for (let at = 0; at + pieceLength <= whole.length; at++) add(`~${whole.slice(at, at + pieceLength)}`, pieceWeight)
  }
}

/** The words of an identifier, in lower case: `parseRange`, `max_age`. */
function partsOf(token: string): string[] {
  return token
    .replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, ' ')
    .toLowerCase()
    .split(/[ _]+/)
    .filter((part) => part !== '')
}

function stemOf(word: string): string {
  const ending = endings.find((each) => word.length - each.length >= 3 && word.endsWith(each))
  return ending === undefined ? word : word.slice(0, -ending.length)
}
