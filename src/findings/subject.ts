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
  const { names, termsOf } = createVocabulary()
  const counts = findings.map(termsOf)
  const holders: number[][] = names.map(() => [])
  for (const [index, { terms }] of counts.entries()) for (const number of terms) holders[number]?.push(index)
  const isSymbol = names.map((name) => name.startsWith('#'))
  const symbols = counts.map(({ terms }) => terms.filter((number) => isSymbol[number] === true))
  const vectors = counts.map((own) => vectorOf(own, holders, findings.length))
  return {
    likeness: (a, b) => cosine(vectors[a], vectors[b]),
    sharesSymbol: (a, b) => symbols[a]?.some((symbol) => symbols[b]?.includes(symbol) === true) === true,
    *holdersOfRareWords(most) {
      for (const [number, indexes] of holders.entries())
        if (indexes.length > 1 && indexes.length <= most && names[number]?.startsWith('~') === false) yield indexes
    },
  }
}

/** Terms by ascending number, and how much of each there is. */
interface Counts {
  readonly terms: Int32Array
  readonly amounts: Float64Array
}

/** Terms by ascending number, and what each weighs; of length 1. */
interface Vector {
  readonly terms: Int32Array
  readonly weights: Float64Array
}

function vectorOf({ terms, amounts }: Counts, holders: readonly (readonly number[])[], total: number): Vector {
  const weights = new Float64Array(terms.length)
  let square = 0
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? 0
    const count = amounts[at] ?? 0
    const rarity = Math.log((total + 1) / (holders[term]?.length ?? 1)) + 0.1
    const weight = rarity * (count >= 1 ? 1 + Math.log(count) : count)
    weights[at] = weight
    square += weight * weight
  }
  const length = Math.sqrt(square) || 1
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] ?? 0) / length
  return { terms, weights }
}

function cosine(one: Vector | undefined, other: Vector | undefined): number {
  if (one === undefined || other === undefined) return 0
  let product = 0
  for (let a = 0, b = 0; a < one.terms.length && b < other.terms.length;) {
    const termA = one.terms[a] ?? 0
    const termB = other.terms[b] ?? 0
    if (termA === termB) product += (one.weights[a++] ?? 0) * (other.weights[b++] ?? 0)
    else if (termA < termB) a++
    else b++
  }
  return product
}

/** The terms of one token of a text, by number; the pieces are those of its whole. */
interface Token {
  readonly words: readonly number[]
  readonly pieces: readonly number[]
}

/** Numbers terms as they come. A token is taken apart once, however many findings have it. */
function createVocabulary() {
  const numbers = new Map<Term, number>()
  const names: Term[] = []
  const tokens = new Map<string, Token>()

  const numberOf = (term: Term): number => {
    const known = numbers.get(term)
    if (known !== undefined) return known
    numbers.set(term, names.length)
    return names.push(term) - 1
  }

  const takeApart = (text: string): Token => {
    const parts = /^[a-z]+$/.test(text) ? [text] : partsOf(text)
    const words = parts.filter((word) => word.length > 1 && !stopWords.has(word)).map((word) => numberOf(stemOf(word)))
    const whole = parts.join('')
    const count = stopWords.has(whole) ? 0 : Math.max(0, whole.length - pieceLength + 1)
    const pieces = Array.from({ length: count }, (_, at) => numberOf(`~${whole.slice(at, at + pieceLength)}`))
    return { words: parts.length > 1 ? [numberOf(`#${text.toLowerCase()}`), ...words] : words, pieces }
  }

  const tokenOf = (text: string): Token => {
    const known = tokens.get(text)
    if (known !== undefined) return known
    const token = takeApart(text)
    tokens.set(text, token)
    return token
  }

  // Of the finding that is read: how much of each term, and which terms that are.
  const amounts: number[] = []
  let touched: number[] = []

  const count = (term: number, amount: number): void => {
    const known = amounts[term] ?? 0
    if (known === 0) touched.push(term)
    amounts[term] = known + amount
  }

  const add = (text: string, withPieces: boolean): void => {
    for (const each of text.slice(0, comparedLength).match(/[\p{L}_][\p{L}\p{M}\p{N}_]*|\p{N}+/gu) ?? []) {
      const { words, pieces } = tokenOf(each)
      for (const word of words) count(word, 1)
      if (withPieces) for (const piece of pieces) count(piece, pieceWeight)
    }
  }

  return {
    names,
    /** What terms a finding has, and how much of each. */
    termsOf({ title, body, rule }: Pick<Finding, 'title' | 'body' | 'rule'>): Counts {
      touched = []
      add(title, true)
      if (rule !== null) add(rule, true)
      add(body, false)
      const terms = new Int32Array(touched).toSorted()
      const own = new Float64Array(terms.length)
      for (let at = 0; at < terms.length; at++) {
        const term = terms[at] ?? 0
        own[at] = amounts[term] ?? 0
        amounts[term] = 0
      }
      return { terms, amounts: own }
    },
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
