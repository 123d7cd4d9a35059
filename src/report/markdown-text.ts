import { plainLine, plainText } from '../core/plain-text.ts'

/** Breaks a token without being seen. */
const zeroWidthSpace = '\u200B'

/** One line of foreign text as Markdown that shows exactly that text: nothing in it links, mentions, opens or formats. */
export function escapeMarkdown(text: string): string {
  return inert(plainLine(text).replaceAll(/[\\`*_{}[\]()<>#+!|~$&-]/g, (sign) => (sign === '-' ? '-' : `\\${sign}`)))
}

/** One line of foreign text between HTML tags, where Markdown does not act but mentions do. */
export function escapeHtml(text: string): string {
  const escaped = plainLine(text).replaceAll(/[<>&"']/g, (sign) => `&#${sign.codePointAt(0)};`)
  return escaped.replaceAll(/@(?=[\w-])/g, `@${zeroWidthSpace}`)
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

/**
 * Markdown that a model wrote, made safe to be shown as Markdown: formatting stays; mentions and references do not notify,
 * HTML (comments, our own markers) does not act, images are links, links to anything but the web are gone, an open fence is closed.
 * Only fences at the start of a line count as code: what is inside such a fence is the same for every Markdown parser.
 */
export function sanitizeMarkdown(text: string): string {
  const parts: string[] = []
  let prose: string[] = []
  let fenceEnd: RegExp | undefined
  let openFence = ''
  const flush = (): void => {
    if (prose.length > 0) parts.push(sanitizeProse(prose.join('\n')))
    prose = []
  }
  for (const line of withoutHtmlComments(plainText(text)).split('\n')) {
    if (fenceEnd !== undefined) {
      parts.push(line)
      if (fenceEnd.test(line)) fenceEnd = undefined
      continue
    }
    const opening = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/.exec(line)
    if (opening === null) {
      prose.push(line)
      continue
    }
    flush()
    openFence = opening[1] ?? opening[3] ?? ''
    fenceEnd = new RegExp(`^ {0,3}${openFence}${openFence[0]}*[ \\t]*$`)
    parts.push(openFence + (opening[2] ?? opening[4] ?? '').replaceAll(/[^\w+#.-]/g, ''))
  }
  flush()
  if (fenceEnd !== undefined) parts.push(openFence)
  return parts.join('\n')
}

function sanitizeProse(text: string): string {
  return inert(
    text
      .replaceAll(/(\]\(\s*<?|^[ \t>]*\[[^\]\n]+\]:\s*<?)([^\s)>]*)/gm, (whole, before: string, target: string) =>
        isWebTarget(target) ? whole : `${before}#link-removed`,
      )
      .replaceAll(/<(?=[A-Za-z/!?])/g, `<${zeroWidthSpace}`)
      .replaceAll(/!(?=\[)/g, `!${zeroWidthSpace}`),
  )
}

/** HTML comments away, an unclosed one with all that follows; what the removal itself made of pieces does not act. */
function withoutHtmlComments(text: string): string {
  return text.replaceAll(/<!--[^]*?(?:-->|$)/g, '').replaceAll('<!--', `<!${zeroWidthSpace}--`)
}

/** Mentions and references to issues keep their look and lose their effect. */
function inert(text: string): string {
  return text
    .replaceAll(/@(?=[\w-])/g, `@${zeroWidthSpace}`)
    .replaceAll(/#(?=\d)/g, `#${zeroWidthSpace}`)
    .replaceAll(/\b(GH)-(?=\d)/gi, `$1-${zeroWidthSpace}`)
}

/** Whether a link goes to the web, a mail address or a place beside this text. Entities and escapes cannot hide a scheme. */
function isWebTarget(target: string): boolean {
  if (/&|\\/.test(target.split(/[/?#]/)[0] ?? '')) return false
  const scheme = /^([^/?#]*?):/.exec(target)?.[1]
  return scheme === undefined || /^(?:https?|mailto)$/i.test(scheme)
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
