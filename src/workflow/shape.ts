import { definitionTables, fileTable } from './schema-table.ts'

/** JSON's kinds of values, as messages name them. */
export type Kind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map'

/** A node of the generated table. */
interface TableNode {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly mustBe?: string
  readonly text?: boolean
  readonly template?: boolean
  readonly perCell?: boolean
  readonly unsupported?: boolean
  readonly partlyStatic?: boolean
  readonly structure?: boolean
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

/** Shapes by key of a map. */
export interface Keys {
  readonly names: readonly string[]
  /** The shape of the value of a key that may be there. */
  get(name: string): Shape | undefined
}

/** What a value must look like: a node of the generated table, of which a part is read when it is asked for, as a file uses few of them. */
export class Shape {
  readonly #node: TableNode
  readonly #table: Table
  /** What messages say a value must be. */
  readonly mustBe: string | undefined
  /** Numbers and booleans become the text they were written as. */
  readonly text: boolean
  /** Expressions may stand in it. */
  readonly template: boolean
  /** Known to the language, and not yet to the engine. */
  readonly unsupported: boolean
  /** Expressions over inputs in it are put in, others stay. */
  readonly partlyStatic: boolean
  /** It says which instances there are: no expression may stand for it. */
  readonly structure: boolean
  readonly values: readonly string[] | undefined
  readonly integer: boolean
  readonly above: number | undefined
  readonly atLeast: number | undefined
  readonly atMost: number | undefined
  readonly minItems: number
  /** Prefix of keys that are free. */
  readonly extensions: string | undefined
  readonly required: readonly string[]
  #kinds: ReadonlySet<Kind> | undefined
  #pattern: RegExp | undefined
  #keyPattern: RegExp | undefined
  #items: Shape | undefined
  #keys: Keys | undefined
  #others: Shape | undefined
  #alternatives: readonly Shape[] | undefined

  constructor(node: TableNode, table: Table) {
    this.#node = node
    this.#table = table
    this.mustBe = node.mustBe
    this.text = node.text ?? false
    this.template = node.template ?? false
    this.partlyStatic = node.partlyStatic ?? false
    this.structure = node.structure ?? false
    this.unsupported = node.unsupported ?? false
    this.values = node.enum
    this.integer = node.type === 'integer'
    this.above = node.exclusiveMinimum
    this.atLeast = node.minimum
    this.atMost = node.maximum
    this.minItems = node.minItems ?? 0
    this.extensions = node.extensions
    this.required = node.required ?? []
  }

  get kinds(): ReadonlySet<Kind> {
    return (this.#kinds ??= this.#readKinds())
  }

  /** `${{ matrix.x }}` of a static matrix may stand for the value. */
  get perCell(): boolean {
    return this.#node.perCell ?? this.alternatives?.some((of) => of.perCell) ?? false
  }

  get pattern(): RegExp | undefined {
    return (this.#pattern ??= patternOf(this.#node))
  }

  get keyPattern(): RegExp | undefined {
    return (this.#keyPattern ??= patternOf(this.#node.propertyNames))
  }

  get items(): Shape | undefined {
    return (this.#items ??= this.#node.items && this.#table.shapeOf(this.#node.items))
  }

  get keys(): Keys | undefined {
    return (this.#keys ??= this.#node.properties && this.#table.keysOf(this.#node.properties))
  }

  /** Shape of the values of keys that are not in `keys`; undefined where there may be none. */
  get others(): Shape | undefined {
    const others = this.#node.additionalProperties
    return (this.#others ??= typeof others === 'object' ? this.#table.shapeOf(others) : undefined)
  }

  get alternatives(): readonly Shape[] | undefined {
    return (this.#alternatives ??= this.#node.anyOf?.map((one) => this.#table.shapeOf(one).#among(this.#node)))
  }

  #readKinds(): ReadonlySet<Kind> {
    const { type } = this.#node
    if (type === undefined) {
      const { alternatives } = this
      return alternatives === undefined ? everyKind : new Set(alternatives.flatMap((of) => [...of.kinds]))
    }
    return new Set((typeof type === 'string' ? [type] : type).map((name) => kindOfType[name] ?? 'null'))
  }

  /** A scalar among several shapes is called what they are called together, and may hold expressions where they may. */
  #among({ mustBe, template }: TableNode): Shape {
    if (!this.kinds.has('map') && !this.kinds.has('list'))
      return this.#with({ mustBe: mustBe ?? this.mustBe, template: this.template || (template ?? false) })
    return this.mustBe === undefined && mustBe !== undefined ? this.#with({ mustBe }) : this
  }

  #with(changes: Pick<TableNode, 'mustBe' | 'template'>): Shape {
    return new Shape({ ...this.#node, ...changes }, this.#table)
  }
}

/** The generated table: shapes refer to named ones, and so to themselves. A definition is parsed when one first does. */
class Table {
  readonly #definitions = new Map<string, TableNode>()
  readonly #named = new Map<string, Shape>()

  /** What a node says beside a reference goes before what it refers to. */
  shapeOf(node: TableNode): Shape {
    const { $ref, ...own } = node
    if ($ref === undefined) return new Shape(node, this)
    const name = $ref.slice($ref.lastIndexOf('/') + 1)
    const target = this.#definitionOf(name)
    if (Object.keys(own).length > 0) return new Shape({ ...target, ...own }, this)
    const shape = this.#named.get(name) ?? new Shape(target, this)
    this.#named.set(name, shape)
    return shape
  }

  #definitionOf(name: string): TableNode {
    const known = this.#definitions.get(name)
    if (known !== undefined) return known
    const parsed: TableNode = JSON.parse(definitionTables[name] ?? '{}')
    this.#definitions.set(name, parsed)
    return parsed
  }

  keysOf(properties: Readonly<Record<string, TableNode>>): Keys {
    const shapes = new Map<string, Shape>()
    return {
      names: Object.keys(properties),
      get: (name) => {
        const node = Object.hasOwn(properties, name) ? properties[name] : undefined
        if (node === undefined) return undefined
        const shape = shapes.get(name) ?? this.shapeOf(node)
        shapes.set(name, shape)
        return shape
      },
    }
  }
}

let documentShape: Shape | undefined

/** The shape of a whole orchestration file. */
export function orchestrationShape(): Shape {
  return (documentShape ??= new Table().shapeOf(JSON.parse(fileTable)))
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

function patternOf(node: TableNode | undefined): RegExp | undefined {
  return node?.pattern === undefined ? undefined : new RegExp(node.pattern)
}
