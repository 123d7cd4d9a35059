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
  const holders = new Int32Array(names.length)
  for (const { terms } of counts) for (const term of terms) holders[term] = (holders[term] ?? 0) + 1
  const rarities = Float64Array.from(holders, (count) => Math.log((findings.length + 1) / (count || 1)) + 0.1)
  const vectors = counts.map((own) => vectorOf(own, rarities))
  const isSymbol = names.map((name) => name.startsWith('#'))
  const none = new Int32Array(0)
  const known: Int32Array[] = []
  const symbolsOf = (index: number): Int32Array =>
    (known[index] ??= counts[index]?.terms.filter((term) => isSymbol[term] === true) ?? none)
  return {
    likeness: createCosine(vectors, names.length),
    sharesSymbol(a, b) {
      const own = symbolsOf(a)
      return own.length > 0 && symbolsOf(b).some((symbol) => own.indexOf(symbol) !== -1)
    },
    holdersOfRareWords(most) {
      const rare = new Map<number, number[]>()
      for (const [index, { terms }] of counts.entries())
        for (const term of terms) {
          const count = holders[term] ?? 0
          if (count < 2 || count > most || names[term]?.startsWith('~') !== false) continue
          const known = rare.get(term)
          if (known === undefined) rare.set(term, [index])
          else known.push(index)
        }
      return rare.values()
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

function vectorOf({ terms, amounts }: Counts, rarities: Float64Array): Vector {
  const weights = new Float64Array(terms.length)
  let square = 0
  for (let at = 0; at < terms.length; at++) {
    const count = amounts[at] ?? 0
    const weight = (rarities[terms[at] ?? 0] ?? 0) * (count > 1 ? 1 + Math.log(count) : count)
    weights[at] = weight
    square += weight * weight
  }
  const length = Math.sqrt(square) || 1
  for (let at = 0; at < weights.length; at++) weights[at] = (weights[at] ?? 0) / length
  return { terms, weights }
}

/** The cosine of two vectors by their places in a list. One is laid out whole, and stays so while it is compared with others. */
function createCosine(vectors: readonly Vector[], terms: number): (a: number, b: number) => number {
  const laidOut = new Float64Array(terms)
  let known = -1
  const lay = (index: number, isOut: boolean): void => {
    const own = vectors[index]
    if (own === undefined) return
    for (let at = 0; at < own.terms.length; at++) laidOut[own.terms[at] ?? 0] = isOut ? (own.weights[at] ?? 0) : 0
  }
  return (a, b) => {
    if (a !== known) {
      lay(known, false)
      lay(a, true)
      known = a
    }
    const other = vectors[b]
    if (other === undefined) return 0
    const { terms: own, weights } = other
    let product = 0
    for (let at = 0; at < own.length; at++) product += (laidOut[own[at] ?? 0] ?? 0) * (weights[at] ?? 0)
    return product
  }
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
  const amounts = createAmounts()

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
    amounts.grow(names.length)
    return token
  }

  const add = (text: string, withPieces: boolean): void => {
    for (const each of text.slice(0, comparedLength).match(/[\p{L}_][\p{L}\p{M}\p{N}_]*|\p{N}+/gu) ?? []) {
      const { words, pieces } = tokenOf(each)
      for (const word of words) amounts.count(word, 1)
      if (withPieces) for (const piece of pieces) amounts.count(piece, pieceWeight)
    }
  }

  return {
    names,
    /** What terms a finding has, and how much of each. */
    termsOf({ title, body, rule }: Pick<Finding, 'title' | 'body' | 'rule'>): Counts {
      add(title, true)
      if (rule !== null) add(rule, true)
      add(body, false)
      return amounts.take()
    },
  }
}

/** How much of each term the finding has that is read. */
function createAmounts() {
  let amounts = new Float64Array(64)
  let touched = new Int32Array(64)
  let size = 0
  return {
    /** Makes room for so many terms. */
    grow(terms: number): void {
      if (terms <= amounts.length) return
      const [more, all] = [new Float64Array(terms * 2), new Int32Array(terms * 2)]
      more.set(amounts)
      all.set(touched)
      amounts = more
      touched = all
    },
    count(term: number, amount: number): void {
      const known = amounts[term] ?? 0
      if (known === 0) touched[size++] = term
      amounts[term] = known + amount
    },
    /** What was counted since the last time. */
    take(): Counts {
      const terms = touched.subarray(0, size).toSorted()
      const own = new Float64Array(size)
      for (let at = 0; at < size; at++) {
        const term = terms[at] ?? 0
        own[at] = amounts[term] ?? 0
        amounts[term] = 0
      }
      size = 0
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
