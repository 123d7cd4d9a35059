import type { Definition, Nodes, Parents, PhrasingContent, RootContent, Table } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { plainText } from '../core/plain-text.ts'
import { codeSpan, fence, inert, unlinked } from './markdown-text.ts'

/** More brackets or nested blocks in a row than anyone writes would keep a parser busy: such a text is shown as it is. */
const knotty =
  /(?:[>*+-][ \t]*){24}|(?:\d[.)][ \t]*){24}|[[\]*_~`!<(]{64}|(?:!?\[[^\]\n]{0,8}){32}|(?:<[^>\n]{0,8}){64}/

/**
 * Markdown that a model wrote as Markdown that GitHub will read in one way only. It is parsed and written anew: code in fences and spans as it
 * was, so that it can be copied; every other sign of its text escaped; no HTML, images as links, links to nothing but the web, mentions
 * and references without their effect. What cannot be parsed stands in a fence. `redact` sees each paragraph as it will be read, and whatever else of the
 * text is written: addresses, languages, HTML.
 */
export function showMarkdown(markdown: string, redact: (text: string) => string = (text) => text): string {
  const text = plainText(markdown)
  if (knotty.test(text)) return fence(redact(text))
  try {
    const tree = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
    const shown = { definitions: collectDefinitions(tree), redact }
    return blocks(tree.children, shown)
  } catch (error) {
    if (error instanceof RangeError) return fence(redact(text))
    throw error
  }
}

/** What a node is written with. */
interface Shown {
  readonly definitions: ReadonlyMap<string, Definition>
  readonly redact: (text: string) => string
}

function collectDefinitions(tree: Parents): Map<string, Definition> {
  const found = new Map<string, Definition>()
  const pending: Nodes[] = [tree]
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node.type === 'definition') found.set(node.identifier, node)
    else if ('children' in node) pending.push(...node.children.toReversed())
  }
  return found
}

function blocks(nodes: readonly RootContent[], shown: Shown, separator = '\n\n'): string {
  const parts: string[] = []
  let lists = 0
  for (const [index, node] of nodes.entries()) {
    lists = node.type === 'list' && nodes[index - 1]?.type === 'list' ? lists + 1 : 0
    const text = block(node, shown, lists % 2 === 1)
    if (text !== '') parts.push(text)
  }
  return parts.join(separator)
}

/** `other` asks for the other marker of a list, because one stands right before it. */
function block(node: RootContent, shown: Shown, other: boolean): string {
  switch (node.type) {
    case 'paragraph':
      return phrase(node.children, shown)
    case 'heading':
      return `${'#'.repeat(node.depth)} ${phrase(node.children, shown).replaceAll(/\s*\\?\n/g, ' ')}`
    case 'thematicBreak':
      return '***'
    case 'blockquote':
      return indent(blocks(node.children, shown), '> ', '> ')
    case 'list': {
      const items = node.children.map((item, index) => {
        const box = typeof item.checked === 'boolean' ? `[${item.checked ? 'x' : ' '}] ` : ''
        const number = ((node.start ?? 1) + index) % 1_000_000_000
        const marker = node.ordered === true ? `${number}${other ? ')' : '.'} ` : other ? '* ' : '- '
        const text = blocks(item.children, shown, item.spread === true ? '\n\n' : '\n')
        return indent(`${box}${text}`, marker, ' '.repeat(marker.length))
      })
      return items.join(node.spread === true ? '\n\n' : '\n')
    }
    case 'code':
      return fence(shown.redact(node.value), languageOf(node.lang ?? '', shown))
    case 'table':
      return table(node, shown)
    case 'html':
      return withoutComments(node.value).trim() === '' ? '' : escapeText(shown.redact(withoutComments(node.value)))
    case 'footnoteDefinition': {
      // A fence or a list begins on a line of its own: behind a label it would be text, and its end would open what nothing closes.
      const gap = node.children[0]?.type === 'paragraph' ? ' ' : '\n\n'
      return `\\[^${escapeText(shown.redact(node.identifier))}\\]:${gap}${blocks(node.children, shown)}`
    }
    case 'definition':
      return ''
    default:
      return 'children' in node
        ? blocks(node.children, shown)
        : 'value' in node
          ? escapeText(shown.redact(node.value))
          : ''
  }
}

/** What a fence is marked with; in a review, `suggestion` would offer a change of the code at a click. */
function languageOf(lang: string, { redact }: Shown): string {
  const name = lang.replaceAll(/[^\w+#.-]/g, '')
  return /^suggestion/i.test(name) || redact(name) !== name ? '' : name
}

function indent(text: string, first: string, rest: string): string {
  return text
    .split('\n')
    .map((line, index) => (index === 0 ? first : line === '' ? rest.trimEnd() : rest) + line)
    .join('\n')
}

function table(node: Table, shown: Shown): string {
  const rows = node.children.map(
    (row) =>
      `| ${row.children.map((cell) => phrase(cell.children, shown, true).replaceAll(/\\?\n/g, ' ')).join(' | ')} |`,
  )
  const columns = node.children[0]?.children ?? []
  const marks = { left: ':--', right: '--:', center: ':-:' } as const
  const line = `| ${columns.map((_cell, index) => marks[node.align?.[index] ?? 'left']).join(' | ')} |`
  return [rows[0] ?? '', line, ...rows.slice(1)].join('\n')
}

/** A paragraph's content. Where it holds a secret as it will be read, whatever its parts are made of, it is the masked text alone. */
function phrase(nodes: readonly PhrasingContent[], shown: Shown, inTable = false): string {
  const read = nodes.map(readable).join('')
  const masked = shown.redact(read)
  if (masked !== read) return escapeText(masked)
  return nodes
    .map((node) => inline(node, shown, inTable))
    .join('')
    .trimStart()
}

function readable(node: PhrasingContent): string {
  if ('children' in node) return node.children.map(readable).join('')
  if (node.type === 'html') return withoutComments(node.value)
  if ('value' in node) return node.value
  return node.type === 'break' ? '\n' : 'alt' in node ? (node.alt ?? '') : ''
}

function inline(node: PhrasingContent, shown: Shown, inTable: boolean): string {
  const inner = (children: readonly PhrasingContent[]): string =>
    children.map((child) => inline(child, shown, inTable)).join('')
  switch (node.type) {
    case 'text':
      return escapeText(node.value)
    case 'emphasis':
      return `*${inner(node.children)}*`
    case 'strong':
      return `**${inner(node.children)}**`
    case 'delete':
      return `~~${inner(node.children)}~~`
    case 'inlineCode':
      return code(node.value, inTable)
    case 'break':
      return '\\\n'
    case 'link':
      return link(inner(node.children), node.url, shown)
    case 'image':
      return link(escapeText(node.alt || 'image'), node.url, shown)
    case 'linkReference':
      return link(inner(node.children), shown.definitions.get(node.identifier)?.url ?? '', shown)
    case 'imageReference':
      return link(escapeText(node.alt || 'image'), shown.definitions.get(node.identifier)?.url ?? '', shown)
    case 'footnoteReference':
      return `\\[^${escapeText(shown.redact(node.identifier))}\\]`
    case 'html':
      return escapeText(withoutComments(node.value))
  }
}

function code(value: string, inTable: boolean): string {
  const line = value.replaceAll('\n', ' ')
  if (line.trim() === '') return ''
  return inTable ? codeSpan(line) : codeSpan(line).replaceAll('\\|', '|')
}

function withoutComments(html: string): string {
  return html.replaceAll(/<!--[^]*?(?:-->|$)/g, '')
}

/** A label and the place on the web it leads to, or the label alone: also where the address tells a secret. */
function link(label: string, url: string, { redact }: Shown): string {
  const target = url.replaceAll(/[\s<>\\"'`|\p{Cc}]/gu, (sign) => encodeURIComponent(sign).replace("'", '%27'))
  const scheme = /^([^/?#]*?):/.exec(target)?.[1]
  const isWeb = scheme === undefined || /^(?:https?|mailto)$/i.test(scheme)
  if (!isWeb || target === '' || redact(target) !== target || redact(url) !== url) return label
  return `[${label === '' ? escapeText(target) : label}](<${target.replaceAll('&', '&amp;')}>)`
}

/** Text that shows exactly itself, wherever its lines begin and whatever stands beside it. */
function escapeText(text: string): string {
  const escaped = unlinked(text.replaceAll(/[\\`*_[\]<#|~$&]|!(?=\[|$)/g, '\\$&'))
    .split('\n')
    .map((line, index) =>
      (index === 0 ? line : line.trimStart()).replace(/^(?=[+=:>-])/, '\\').replace(/^(\d+)([.)])/, '$1\\$2'),
    )
    .join('\n')
  // What follows may be the content of another node.
  return inert(escaped).replace(/(?:[@#]|\bGH-)$/i, '$&\u200B')
}
