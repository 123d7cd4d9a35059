import {
  Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Scalar,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'

/** A comment that goes above a key or an item of a list. */
export interface PrintedComment {
  /** Keys and indexes from the root of the document. */
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** What a printed file may have besides its values. */
export interface PrintOptions {
  /** Comment at the top. */
  readonly header?: string
  readonly comments?: readonly PrintedComment[]
}

/**
 * An orchestration file, given as its plain value, as YAML that reads back to the same value: texts over several lines
 * as blocks, short lists of texts and small maps of scalars in one line. What is undefined is left out.
 */
export function printFile(file: object, options: PrintOptions = {}): string {
  const document = new Document(file, { aliasDuplicateObjects: false, keepUndefined: false })
  // The parser folds nothing it is not told to: a line is as long as its text.
  const { contents } = document
  for (const { path, text } of options.comments ?? []) addComment(contents, path, text)
  tidy(contents, 0)
  const separated = isMap(contents) ? contents.items.slice(1) : []
  for (const pair of separated) keyNode(pair).spaceBefore = true
  const body = document.toString({ lineWidth: 0, flowCollectionPadding: true, defaultStringType: 'PLAIN' })
  return options.header === undefined ? body : `${commentLines(options.header)}\n${body}`
}

/** The text with `#` before each line, of whatever begins a line in any version of YAML. */
function commentLines(text: string): string {
  return text
    .split(/\r\n|[\n\r\u0085\u2028\u2029]/)
    .map((line) => line.replaceAll(/\p{Cc}/gu, ' '))
    .map((line) => (line === '' ? '#' : `# ${line}`))
    .join('\n')
}

function addComment(root: Node | null, path: readonly (string | number)[], text: string): void {
  let node: unknown = root
  for (const [index, key] of path.entries()) {
    const last = index === path.length - 1
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find((item) => isScalar(item.key) && item.key.value === key)
      if (pair === undefined) return
      if (last) append(keyNode(pair), text)
      node = pair.value
    } else if (isSeq(node) && typeof key === 'number') {
      node = node.items[key]
      if (last) append(node, text)
    } else return
  }
}

function append(node: unknown, text: string): void {
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return
  const added = text
    .split('\n')
    .map((line) => ` ${line}`)
    .join('\n')
  node.commentBefore =
    node.commentBefore === undefined || node.commentBefore === null ? added : `${node.commentBefore}\n${added}`
}

function keyNode(pair: Pair): Scalar {
  if (isScalar(pair.key)) return pair.key
  const key = new Scalar(pair.key)
  pair.key = key
  return key
}

/** Most characters of a map or list that is written in one line. */
const inlineLimit = 80

/** Chooses the style of each node: what is small and flat stands in one line, from the second level of the document on. */
function tidy(node: unknown, depth: number): void {
  if (isPair(node)) {
    if (isScalar(node.key)) tidyKey(node.key)
    tidy(node.value, depth)
    return
  }
  if (isScalar(node)) {
    tidyText(node)
    return
  }
  if (!isMap(node) && !isSeq(node)) return
  for (const item of node.items) tidy(item, depth + 1)
  if (depth >= 1 && isSmall(node)) node.flow = true
}

/** A key stands on one line. */
function tidyKey(key: Scalar): void {
  tidyText(key)
  if (key.type === 'BLOCK_LITERAL') key.type = 'QUOTE_DOUBLE'
}

/** A text that a block would change or hide is written in double quotes. */
function tidyText(scalar: Scalar): void {
  const { value } = scalar
  if (typeof value !== 'string') return
  // oxlint-disable-next-line no-control-regex -- control characters are what must be quoted
  const unprintable = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/u.test(
    value,
  )
  if (unprintable || /^\s|[^\S\n]\n|\s\n?$|\n\n$/.test(value.replace(/\n$/, ''))) scalar.type = 'QUOTE_DOUBLE'
  else if (value.includes('\n')) scalar.type = 'BLOCK_LITERAL'
}

function isSmall(collection: YAMLMap | YAMLSeq): boolean {
  let length = 0
  for (const item of collection.items) {
    const parts = isPair(item) ? [item.key, item.value] : [item]
    for (const part of parts) {
      if (!isScalar(part) || part.commentBefore !== undefined) return false
      const text = String(part.value)
      if (text.includes('\n')) return false
      length += text.length + 3
    }
  }
  return length <= inlineLimit && (isSeq(collection) || collection.items.length <= 3)
}
