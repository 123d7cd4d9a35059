/** Wraps text in a terminal's colours, or leaves it alone. */
export interface Style {
    readonly bold: (text: string) => string;
    readonly dim: (text: string) => string;
    readonly red: (text: string) => string;
    readonly green: (text: string) => string;
    readonly yellow: (text: string) => string;
    readonly cyan: (text: string) => string;
}
/** A style; `colour` false makes every function return its text unchanged. */
export declare function createStyle(colour: boolean): Style;
