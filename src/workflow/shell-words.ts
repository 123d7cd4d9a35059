/** A word of a shell command. `text` has each variable it reads as `${NAME}`; a dollar sign that stands for itself is doubled. */
export interface ShellWord {
  readonly text: string
  /** The names of those variables. */
  readonly variables: readonly string[]
  /** The path in `$(cat path)`, when that is all the word is. */
  readonly catOf?: string
  /** It stands unquoted and is one of `|`, `<`, `>`, `>>`. */
  readonly operator?: true
}

/**
 * Splits one simple command of a POSIX shell into its words, with pipes and redirections as words of their own. Undefined for all else: several
 * commands, substitutions other than `$(cat path)`, patterns, here documents.
 */
export function splitShellWords(script: string): ShellWord[] | undefined {
  const text = script.replaceAll(/\\\r?\n/g, ' ').trim()
  const words: ShellWord[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/[ \t]/.test(char)) at++
    else if (char === '#') return undefined
    else if ('|<>'.includes(char)) {
      const operator = /^(?:\|\||<<|>>|[|<>])/.exec(text.slice(at))?.[0] ?? char
      if (
        operator === '||' ||
        operator === '<<' ||
        /^[<>|]?&|^>&/.test(text.slice(at + operator.length - 1, at + operator.length + 1))
      )
        return undefined
      words.push({ text: operator, variables: [], operator: true })
      at += operator.length
    } else {
      const word = readWord(text, at)
      if (word === undefined) return undefined
      words.push(word.word)
      at = word.end
    }
  }
  return words
}

function readWord(text: string, start: number): { word: ShellWord; end: number } | undefined {
  const cat = /^"?\$\(\s*(?:cat\s+|<\s*)([\w./@-]+)\s*\)"?(?=[\s|<>]|$)/.exec(text.slice(start))
  if (cat?.[1] !== undefined) return { word: { text: '', variables: [], catOf: cat[1] }, end: start + cat[0].length }
  const variables: string[] = []
  let result = ''
  let at = start
  let quote = ''
  while (at < text.length) {
    const char = text[at] ?? ''
    const rest = text.slice(at)
    if (quote === "'") {
      if (char === "'") quote = ''
      else result += char === '$' ? '$$' : char
      at++
      continue
    }
    const expression = /^\$\{\{[^]*?\}\}/.exec(rest)?.[0]
    if (expression !== undefined) {
      result += expression
      at += expression.length
      continue
    }
    const variable = /^\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/.exec(rest)
    if (variable !== null) {
      const name = variable[1] ?? variable[2] ?? ''
      variables.push(name)
      result += `\${${name}}`
      at += variable[0].length
      continue
    }
    if (char === '$' || char === '`') {
      if (char === '`' || /^\$[({@*#?!$\d-]/.test(rest)) return undefined
      result += '$$'
      at++
      continue
    }
    if (char === '\\') {
      const next = text[at + 1] ?? ''
      if (quote === '"' && !'$`"\\'.includes(next)) result += '\\'
      result += next === '$' ? '$$' : next
      at += 2
      continue
    }
    if (quote === '"') {
      if (char === '"') quote = ''
      else result += char
      at++
      continue
    }
    if (char === '"' || char === "'") quote = char
    else if (/[ \t|<>]/.test(char)) break
    else if (/[\n;&(){}*?[\]~!]/.test(char)) return undefined
    else result += char
    at++
  }
  return quote === '' ? { word: { text: result, variables }, end: at } : undefined
}
