import { isObject } from '../../src/core/is-object.ts'
import { parseSchema } from './schema-root.ts'

interface Node {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly string[]
  readonly unsupported?: boolean
  readonly items?: Node
  readonly properties?: Readonly<Record<string, Node>>
  readonly additionalProperties?: boolean | Node
  readonly anyOf?: readonly Node[]
}

const root = parseSchema<Node>()
const { definitions } = root

/** What has the keys of an instance has them for the same reason: they are covered where an instance is. */
const likeInstance = /^(?:variant|defaults|runtimeDefaults|agent|agents\.\*|review\.verify)(?=\.|$)/

/** Severities are the same five wherever one is asked for. */
const wordOf = (at: string, word: string): string => `${at.endsWith('severity') ? 'severity' : at}=${word}`

function nameOf(path: string, key: string): string {
  const name = path === '' ? key : `${path}.${key}`
  const shared = name.replace(likeInstance, 'instance')
  const [, first = ''] = shared.split('.')
  return shared.startsWith('instance.') && Object.hasOwn(definitions['instance']?.properties ?? {}, first)
    ? shared
    : name
}

function follow(node: Node, path: string): { readonly node: Node; readonly path: string } {
  if (node.$ref === undefined) return { node, path }
  const name = node.$ref.slice(node.$ref.lastIndexOf('/') + 1)
  return { node: { ...definitions[name], ...node }, path: name }
}

/** Every key that the schema knows, and every word that it lets a key have: `edge.when=failure`. */
export function schemaKeys(): ReadonlySet<string> {
  const found = new Set<string>()
  const seen = new Set<string>()
  const visit = (given: Node, at: string): void => {
    const { node, path } = follow(given, at)
    if (seen.has(`${path} ${given.$ref}`)) return
    if (given.$ref !== undefined) seen.add(`${path} ${given.$ref}`)
    for (const word of node.enum ?? []) found.add(wordOf(at, word))
    for (const [key, of] of Object.entries(node.properties ?? {})) {
      const name = nameOf(path, key)
      found.add(name)
      visit(of, name)
    }
    if (isObject<Node>(node.additionalProperties)) visit(node.additionalProperties, `${path}.*`)
    if (node.items !== undefined) visit(node.items, path)
    for (const each of node.anyOf ?? []) visit(each, path === at ? at : path)
  }
  visit(root, '')
  return found
}

/** Names of keys and words, as somebody writes them. */
export function schemaWords(): readonly string[] {
  return [...new Set([...schemaKeys()].map((name) => name.split(/[.=]/).at(-1) ?? ''))].filter((word) => word !== '*')
}

/** The keys and words of the schema that a file uses. */
export function usedKeys(file: unknown): ReadonlySet<string> {
  const used = new Set<string>()
  const visit = (value: unknown, given: Node, at: string): void => {
    const { node, path } = follow(given, at)
    if (typeof value === 'string' && node.enum?.includes(value) === true) used.add(wordOf(at, value))
    for (const each of node.anyOf ?? []) visit(value, each, path === at ? at : path)
    if (Array.isArray(value) && node.items !== undefined) for (const item of value) visit(item, node.items, path)
    if (!isObject<Record<string, unknown>>(value)) return
    for (const [key, inner] of Object.entries(value)) {
      const known = Object.hasOwn(node.properties ?? {}, key) ? node.properties?.[key] : undefined
      const name = nameOf(path, key)
      if (known !== undefined) {
        used.add(name)
        visit(inner, known, name)
      } else if (isObject<Node>(node.additionalProperties)) visit(inner, node.additionalProperties, `${path}.*`)
    }
  }
  visit(file, root, '')
  return used
}
