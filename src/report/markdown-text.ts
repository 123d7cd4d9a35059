import { plainLine, plainText } from '../core/plain-text.ts'

/** Breaks a token without being seen. */
const zeroWidthSpace = '\u200B'

/** One line of foreign text as Markdown that shows exactly that text: nothing in it links, mentions, opens or formats. */
export function escapeMarkdown(text: string): string {
  return inert(
    unlinked(plainLine(text).replaceAll(/[\\`*_{}[\]()<>#+!|~$&-]/g, (sign) => (sign === '-' ? '-' : `\\${sign}`))),
  )
}

/** One line of foreign text between HTML tags, where Markdown does not act but mentions do. */
export function escapeHtml(text: string): string {
  return inert(plainLine(text)).replaceAll(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`)
}

/** One line of foreign text as a code span, safe inside a table. */
export function codeSpan(text: string): string {
  const line = plainLine(text).replaceAll('|', '\\|')
  if (line === '') return ''
  const ticks = '`'.repeat(longestRun(line, '`') + 1)
  const padding = line.startsWith('`') || line.endsWith('`') ? ' ' : ''
  return `${ticks}${padding}${line}${padding}${ticks}`
}

/** Foreign text in a fence that nothing inside can close, without the marker by which we find a comment of ours again. */
export function fence(text: string, language = ''): string {
  const plain = plainText(text)
    .replace(/\n+$/, '')
    .replaceAll(/<!--\s*orchestrator:/gi, '<!-- ')
  const ticks = '`'.repeat(Math.max(3, longestRun(plain, '`') + 1))
  return `${ticks}${language}\n${plain}\n${ticks}`
}

/** What GitHub would make a link of without being asked stays text, its escaped signs too. */
export function unlinked(markdown: string): string {
  return markdown.replaceAll(/\b(www)\./gi, '$1\\.').replaceAll(/(https?|ftp|mailto|xmpp):/gi, '$1\\:')
}

/** Mentions and references to issues keep their look and lose their effect. */
export function inert(text: string): string {
  return text
    .replaceAll(/@(?=[\w-])/g, `@${zeroWidthSpace}`)
    .replaceAll(/#(?=\d)/g, `#${zeroWidthSpace}`)
    .replaceAll(/\b(GH)-(?=\d)/gi, `$1-${zeroWidthSpace}`)
}

function longestRun(text: string, sign: string): number {
  let longest = 0
  let run = 0
  for (const character of text) {
    run = character === sign ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return longest
}

/** A part that opens at a click; `summary` is HTML of ours. */
export function fold(summary: string, content: string, open: 'open' | 'folded' = 'folded'): string {
  return `<details${open === 'open' ? ' open' : ''}><summary>${summary}</summary>\n\n${content}\n\n</details>`
}
