/** `a, b or c`; `none` where there are no words. */
export function listed(words: readonly string[], word: 'and' | 'or', none = ''): string {
  return words.length < 2 ? (words[0] ?? none) : `${words.slice(0, -1).join(', ')} ${word} ${words.at(-1)}`
}

/** As `listed`, of names, each in backticks. */
export function listedNames(names: Iterable<string>, word: 'and' | 'or', none?: string): string {
  return listed(
    [...names].map((name) => `\`${name}\``),
    word,
    none,
  )
}
