import { schemaTable } from './schema-table.ts'

/** JSON's kinds of values, as messages name them. */
export type Kind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map'

/** What a value must look like: the generated table, with references resolved and patterns compiled. */
export interface Shape {
  readonly kinds: ReadonlySet<Kind>
  readonly wants: string | undefined
  /** Numbers and booleans become the text they were written as. */
  readonly text: boolean
  /** Expressions may stand in it. */
  readonly template: boolean
  /** `${{ matrix.x }}` of a static matrix may stand for the value. */
  readonly perCell: boolean
  readonly values: readonly string[] | undefined
  readonly pattern: RegExp | undefined
  readonly integer: boolean
  readonly above: number | undefined
  readonly atLeast: number | undefined
  readonly atMost: number | undefined
  readonly minItems: number
  readonly items: Shape | undefined
  readonly keys: ReadonlyMap<string, Shape> | undefined
  /** Shape of the values of keys that are not in `keys`; undefined where there may be none. */
  readonly others: Shape | undefined
  readonly keyPattern: RegExp | undefined
  /** Prefix of keys that are free. */
  readonly extensions: string | undefined
  readonly required: readonly string[]
  readonly alternatives: readonly Shape[] | undefined
}

/** A node of the generated table. */
interface TableNode {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly wants?: string
  readonly text?: boolean
  readonly template?: boolean
  readonly perCell?: boolean
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly exclusiveMinimum?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly items?: TableNode
  readonly properties?: Readonly<Record<string, TableNode>>
  readonly additionalProperties?: boolean | TableNode
  readonly propertyNames?: TableNode
  readonly extensions?: string
  readonly required?: readonly string[]
  readonly anyOf?: readonly TableNode[]
  readonly definitions?: Readonly<Record<string, TableNode>>
}

const kindOfType: Readonly<Record<string, Kind>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  null: 'null',
  array: 'list',
  object: 'map',
}

const everyKind: ReadonlySet<Kind> = new Set<Kind>(['string', 'number', 'boolean', 'null', 'list', 'map'])

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

let documentShape: Shape | undefined

/** The shape of a whole orchestration file. */
export function orchestrationShape(): Shape {
  documentShape ??= compileShapes(JSON.parse(schemaTable))
  return documentShape
}

/** The shape of a key of an instance, for values that become known only with a matrix cell. */
export function instanceKeyShape(key: string): Shape | undefined {
  return orchestrationShape().keys?.get('instances')?.others?.keys?.get(key)
}

/** Which kind a value is. */
export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'list'
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? type : 'map'
}

function compileShapes(root: TableNode): Shape {
  const named = new Map<string, Mutable<Shape>>()

  /** Fills in `shape` after it is known by name, because shapes refer to themselves. */
  function define(node: TableNode, shape: Mutable<Shape>): Shape {
    const alternatives = node.anyOf?.map((alternative) => inherit(shapeOf(alternative), node))
    const types = typeof node.type === 'string' ? [node.type] : node.type
    const kinds = types?.map((type) => kindOfType[type] ?? 'null') ?? alternatives?.flatMap((of) => [...of.kinds])
    const { properties, additionalProperties: others } = node
    return Object.assign(shape, {
      kinds: kinds === undefined ? everyKind : new Set(kinds),
      wants: node.wants,
      text: node.text ?? false,
      template: node.template ?? false,
      perCell: node.perCell ?? alternatives?.some((of) => of.perCell) ?? false,
      values: node.enum,
      pattern: node.pattern === undefined ? undefined : new RegExp(node.pattern),
      integer: types?.includes('integer') ?? false,
      above: node.exclusiveMinimum,
      atLeast: node.minimum,
      atMost: node.maximum,
      minItems: node.minItems ?? 0,
      items: node.items && shapeOf(node.items),
      keys: properties && new Map(Object.entries(properties).map(([key, of]) => [key, shapeOf(of)])),
      others: typeof others === 'object' ? shapeOf(others) : undefined,
      keyPattern: node.propertyNames?.pattern === undefined ? undefined : new RegExp(node.propertyNames.pattern),
      extensions: node.extensions,
      required: node.required ?? [],
      alternatives,
    } satisfies Shape)
  }

  function shapeOf(node: TableNode): Shape {
    const name = node.$ref?.split('/').at(-1)
    if (name === undefined) return define(node, blank())
    const known = named.get(name)
    if (known !== undefined && node.wants === undefined && node.perCell === undefined) return known
    const target = root.definitions?.[name] ?? {}
    if (known !== undefined) return define({ ...target, ...node, $ref: undefined }, blank())
    const shape = blank()
    named.set(name, shape)
    define(target, shape)
    return node.wants === undefined && node.perCell === undefined
      ? shape
      : { ...shape, ...(node.wants !== undefined && { wants: node.wants }), perCell: node.perCell ?? shape.perCell }
  }

  return shapeOf(root)
}

/** A scalar among several shapes is called what they are called together, and may hold expressions where they may. */
function inherit(shape: Shape, { wants, template }: TableNode): Shape {
  if (shape.kinds.has('map') || shape.kinds.has('list'))
    return shape.wants === undefined && wants !== undefined ? { ...shape, wants } : shape
  return { ...shape, wants: wants ?? shape.wants, template: shape.template || (template ?? false) }
}

function blank(): Mutable<Shape> {
  return {
    kinds: everyKind,
    wants: undefined,
    text: false,
    template: false,
    perCell: false,
    values: undefined,
    pattern: undefined,
    integer: false,
    above: undefined,
    atLeast: undefined,
    atMost: undefined,
    minItems: 0,
    items: undefined,
    keys: undefined,
    others: undefined,
    keyPattern: undefined,
    extensions: undefined,
    required: [],
    alternatives: undefined,
  }
}
