import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap } from 'yaml'

/** The node that stands somewhere, an alias followed. */
export function resolved(node: unknown, document: Document): Node | undefined {
  const found = isAlias(node) ? node.resolve(document) : node
  return isNode(found) ? found : undefined
}

/** The map under a key, if it is one. */
export function mapUnder(map: YAMLMap, key: string, document: Document): YAMLMap | undefined {
  const node = resolved(map.get(key, true), document)
  return isMap(node) ? node : undefined
}

/** The text under a key; numbers and booleans as they are written. */
export function textUnder(map: YAMLMap, key: string, document: Document): string | undefined {
  return textOf(resolved(map.get(key, true), document))
}

/** The text of a scalar. */
export function textOf(node: unknown): string | undefined {
  if (!isScalar(node) || node.value === null || node.value === undefined) return undefined
  if (typeof node.value === 'string') return node.value
  return node.source ?? JSON.stringify(node.value)
}

/** The scalars of a map by key. */
export function textsIn(map: YAMLMap | undefined, document: Document): Map<string, string> {
  const texts = new Map<string, string>()
  for (const pair of map?.items ?? []) {
    const [key, value] = [textOf(pair.key), textOf(resolved(pair.value, document))]
    if (key !== undefined) texts.set(key, value ?? '')
  }
  return texts
}

/** The pair of a key. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => textOf(pair.key) === key)
}

/** Puts lines of comment above a node, after those it has. */
export function commentAbove(node: Node | null | undefined, lines: readonly string[]): void {
  if (node === null || node === undefined || lines.length === 0) return
  const added = lines.map((line) => ` ${line}`).join('\n')
  node.commentBefore = node.commentBefore ? `${node.commentBefore}\n${added}` : added
}

/** Puts lines of comment above a key of a map. */
export function commentAboveKey(map: YAMLMap, key: string, lines: readonly string[]): void {
  const pair = pairOf(map, key)
  if (isScalar(pair?.key)) commentAbove(pair.key, lines)
}

/** All that was remarked in a part of a document, a line each. */
export function commentsIn(node: unknown): string[] {
  const lines: string[] = []
  const take = (text: string | null | undefined): void => {
    for (const line of (text ?? '').split('\n')) if (line.trim() !== '') lines.push(line.trim())
  }
  if (isNode(node))
    visit(node, {
      Node(_, each) {
        take(each.commentBefore)
        take(each.comment)
      },
    })
  return lines
}

/** Rewrites every text below a node. */
export function rewriteTexts(node: unknown, rewrite: (text: string) => string): void {
  if (!isNode(node)) return
  visit(node, {
    Scalar(_, scalar) {
      if (typeof scalar.value !== 'string') return
      const changed = rewrite(scalar.value)
      if (changed !== scalar.value) scalar.value = changed
    },
  })
}

/** The steps of a job, each the map it stands for. */
export function stepsOf(job: YAMLMap, document: Document): YAMLMap[] {
  const steps = resolved(job.get('steps', true), document)
  return isSeq(steps) ? steps.items.map((step) => resolved(step, document)).filter((step) => isMap(step)) : []
}

/** Sets the value of a key as a node, so that it is found as the others are. */
export function put(map: YAMLMap, key: string, value: unknown, document: Document): void {
  map.set(key, isNode(value) ? value : document.createNode(value))
}

/** Puts copies in the place of aliases: of those of anchors below these nodes, which are about to go, or of all. */
export function freeAliases(document: Document, going?: readonly unknown[]): void {
  const anchors = new Set<string>()
  for (const node of going ?? [])
    if (isNode(node))
      visit(node, {
        Node(_, each) {
          if ('anchor' in each && typeof each.anchor === 'string') anchors.add(each.anchor)
        },
      })
  if (going !== undefined && anchors.size === 0) return
  const isFreed = (anchor: string): boolean => going === undefined || anchors.has(anchor)
  // A copy may hold aliases of its own.
  for (let copies = 0, made = 1; made > 0 && copies < mostCopies; copies += made)
    made = copyAliases(document, isFreed, mostCopies - copies)
}

/** Puts copies in the place of the aliases there are, of `most` at the most; gives how many. */
function copyAliases(document: Document, isFreed: (anchor: string) => boolean, most: number): number {
  let made = 0
  visit(document, {
    Alias(_, alias) {
      const target = isFreed(alias.source) && made < most ? alias.resolve(document) : undefined
      if (target === undefined) return undefined
      made++
      const copy = target.clone() as Node
      visit(copy, { Node: (__, each) => void delete (each as { anchor?: string }).anchor })
      return copy
    },
  })
  return made
}

/** More are an attack: each may hold others. */
const mostCopies = 10_000
