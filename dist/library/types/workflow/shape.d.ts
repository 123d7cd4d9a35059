/** JSON's kinds of values, as messages name them. */
export type Kind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map';
/** A node of the generated table. */
interface TableNode {
    readonly $ref?: string;
    readonly type?: string | readonly string[];
    readonly mustBe?: string;
    readonly text?: boolean;
    readonly template?: boolean;
    readonly perCell?: boolean;
    readonly unsupported?: boolean;
    readonly partlyStatic?: boolean;
    readonly structure?: boolean;
    readonly enum?: readonly string[];
    readonly pattern?: string;
    readonly exclusiveMinimum?: number;
    readonly minimum?: number;
    readonly maximum?: number;
    readonly minItems?: number;
    readonly items?: TableNode;
    readonly properties?: Readonly<Record<string, TableNode>>;
    readonly additionalProperties?: boolean | TableNode;
    readonly propertyNames?: TableNode;
    readonly extensions?: string;
    readonly required?: readonly string[];
    readonly anyOf?: readonly TableNode[];
}
/** Shapes by key of a map. */
export interface Keys {
    readonly names: readonly string[];
    /** The shape of the value of a key that may be there. */
    get(name: string): Shape | undefined;
}
/** What a value must look like: a node of the generated table, of which a part is read when it is asked for, as a file uses few of them. */
export declare class Shape {
    #private;
    /** What messages say a value must be. */
    readonly mustBe: string | undefined;
    /** Numbers and booleans become the text they were written as. */
    readonly text: boolean;
    /** Expressions may stand in it. */
    readonly template: boolean;
    /** Known to the language, and not yet to the engine. */
    readonly unsupported: boolean;
    /** Expressions over inputs in it are put in, others stay. */
    readonly partlyStatic: boolean;
    /** It says which instances there are: no expression may stand for it. */
    readonly structure: boolean;
    readonly values: readonly string[] | undefined;
    readonly integer: boolean;
    readonly above: number | undefined;
    readonly atLeast: number | undefined;
    readonly atMost: number | undefined;
    readonly minItems: number;
    /** Prefix of keys that are free. */
    readonly extensions: string | undefined;
    readonly required: readonly string[];
    constructor(node: TableNode, table: Table);
    get kinds(): ReadonlySet<Kind>;
    /** `${{ matrix.x }}` of a static matrix may stand for the value. */
    get perCell(): boolean;
    get pattern(): RegExp | undefined;
    get keyPattern(): RegExp | undefined;
    get items(): Shape | undefined;
    get keys(): Keys | undefined;
    /** Shape of the values of keys that are not in `keys`; undefined where there may be none. */
    get others(): Shape | undefined;
    get alternatives(): readonly Shape[] | undefined;
}
/** The generated table: shapes refer to named ones, and so to themselves. A definition is parsed when one first does. */
declare class Table {
    #private;
    /** What a node says beside a reference goes before what it refers to. */
    shapeOf(node: TableNode): Shape;
    keysOf(properties: Readonly<Record<string, TableNode>>): Keys;
}
/** The shape of a whole orchestration file. */
export declare function orchestrationShape(): Shape;
/** The shape of a key of an instance, for values that become known only with a matrix cell. */
export declare function instanceKeyShape(key: string): Shape | undefined;
/** Which kind a value is. */
export declare function kindOf(value: unknown): Kind;
export {};
