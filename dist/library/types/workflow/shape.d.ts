/** JSON's kinds of values, as messages name them. */
export type Kind = 'string' | 'number' | 'boolean' | 'null' | 'list' | 'map';
/** What a value must look like: the generated table, with references resolved and patterns compiled. */
export interface Shape {
    readonly kinds: ReadonlySet<Kind>;
    readonly wants: string | undefined;
    /** Numbers and booleans become the text they were written as. */
    readonly text: boolean;
    /** Expressions may stand in it. */
    readonly template: boolean;
    /** `${{ matrix.x }}` of a static matrix may stand for the value. */
    readonly perCell: boolean;
    readonly values: readonly string[] | undefined;
    readonly pattern: RegExp | undefined;
    readonly integer: boolean;
    readonly above: number | undefined;
    readonly atLeast: number | undefined;
    readonly atMost: number | undefined;
    readonly minItems: number;
    readonly items: Shape | undefined;
    readonly keys: ReadonlyMap<string, Shape> | undefined;
    /** Shape of the values of keys that are not in `keys`; undefined where there may be none. */
    readonly others: Shape | undefined;
    readonly keyPattern: RegExp | undefined;
    /** Prefix of keys that are free. */
    readonly extensions: string | undefined;
    readonly required: readonly string[];
    readonly alternatives: readonly Shape[] | undefined;
}
/** The shape of a whole orchestration file. */
export declare function orchestrationShape(): Shape;
/** The shape of a key of an instance, for values that become known only with a matrix cell. */
export declare function instanceKeyShape(key: string): Shape | undefined;
/** Which kind a value is. */
export declare function kindOf(value: unknown): Kind;
