import { callsAgent } from './migrate-command.ts'

/** A script as the parts that can run one after the other as steps of their own. */
export interface SplitScript {
  /** Each is one call of an agent, or all that stands between two. */
  readonly parts: readonly string[]
}

/** What the shell keeps from one line to the next, and a later step would not have. */
const kept =
  /^(?:(?:export|declare|typeset|local|readonly|alias|cd|pushd|popd|source|\.|trap|umask|ulimit|exec|shopt|eval|unset|read|set\s+\+\S)(?:\s|$)|[A-Za-z_]\w*\+?=\S*\s*$|[A-Za-z_]\w*=(?:\$\(|"|').*$)/

/**
 * Splits a script between its calls of agents, where each stands on a line of its own, outside of conditions, loops and functions, and no line sets
 * anything in the shell that a later one could use; the reason why not. Undefined for a script that is a single command.
 */
export function splitScript(script: string): SplitScript | string | undefined {
  const statements = statementsOf(script)
  if (statements === undefined) return 'its quotes or here documents have no end'
  if (statements.filter((each) => !isBlank(each)).length < 2) return undefined
  const last = statements.findLastIndex(callsAgent)
  const options: string[] = []
  const parts: string[] = []
  let plain: string[] = []
  let depth = 0
  for (const [index, statement] of statements.entries()) {
    const isCall = callsAgent(statement)
    if (isCall && (depth > 0 || nesting(statement) !== 0))
      return 'it calls the agent inside a condition, loop or function'
    depth += nesting(statement)
    if (isCall) {
      pushPlain()
      parts.push(statement)
      continue
    }
    if (/^set\s+-/.test(statement.trim())) options.push(statement.trim())
    else if (index < last && kept.test(statement.trim()))
      return `a line before the agent changes what later lines see: \`${firstLine(statement)}\``
    else if (/&\s*$/.test(statement.trim()) && !/&&\s*$/.test(statement.trim()))
      return 'it runs something in the background'
    plain.push(statement)
  }
  pushPlain()
  return { parts }

  /** What was said of the shell itself holds for each part. */
  function pushPlain(): void {
    const own = plain.filter((line) => !options.includes(line.trim()))
    if (!own.every(isBlank)) parts.push([...options, ...own].join('\n').trim())
    plain = []
  }
}

function isBlank(statement: string): boolean {
  return /^\s*(?:#.*)?$/.test(statement)
}

function firstLine(statement: string): string {
  return statement.trim().split('\n')[0]?.slice(0, 60) ?? ''
}

/** How many compound commands a statement opens beyond those that it closes. */
function nesting(statement: string): number {
  const words = statement
    .replaceAll(/'[^']*'|"(?:\\.|[^"\\])*"/g, 'x')
    .replaceAll(/(^|\s)#.*$/gm, '$1')
    .split(/[\s;&|]+/)
  let depth = 0
  for (const [index, word] of words.entries()) {
    if (/^(?:if|while|until|case|select|for|\{|\()$/.test(word) || /^\(\w|^\w+\(\)\{?$/.test(word)) depth++
    if (/^(?:fi|done|esac|\}|\))$/.test(word) || (/\w\)$/.test(word) && /^\(\w/.test(words[0] ?? ''))) depth--
    if (/^\w+\(\)$/.test(word) && words[index + 1] === '{') depth--
  }
  return depth
}

/** The lines of a script, with those that go on (by a backslash, in quotes, substitutions and here documents) in one; undefined where one has no end. */
function statementsOf(script: string): string[] | undefined {
  const text = script.replaceAll('\r\n', '\n')
  const statements: string[] = []
  const documents: { readonly word: string; readonly tabs: boolean }[] = []
  let start = 0
  let quote = ''
  let parens = 0
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (quote === "'") {
      if (char === "'") quote = ''
    } else if (char === '\\') at++
    else if (char === '"') quote = quote === '"' ? '' : '"'
    else if (quote === '' && char === "'") quote = "'"
    else if (text.startsWith('$(', at)) parens++
    else if (char === ')' && parens > 0) parens--
    else if (quote === '' && char === '#' && /\s|^$/.test(text[at - 1] ?? '')) {
      const end = text.indexOf('\n', at)
      at = (end === -1 ? text.length : end) - 1
    } else if (text.startsWith('<<', at) && text[at + 2] !== '<') {
      const found = /^<<(-?)\s*\\?(['"]?)(\w+)\2/.exec(text.slice(at))
      if (found === null) continue
      documents.push({ word: found[3] ?? '', tabs: found[1] === '-' })
      at += found[0].length - 1
    } else if (char === '\n' && documents.length > 0) {
      for (const { word, tabs } of documents.splice(0)) {
        const end = new RegExp(`^${tabs ? '\\t*' : ''}${word}$`, 'm').exec(text.slice(at + 1))
        if (end === null) return undefined
        at += 1 + end.index + end[0].length
      }
      at--
    } else if (char === '\n' && quote === '' && parens === 0) {
      statements.push(text.slice(start, at))
      start = at + 1
    }
  }
  if (quote !== '' || parens > 0 || documents.length > 0) return undefined
  return [...statements, text.slice(start)]
}
