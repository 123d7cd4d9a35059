import { type InstanceState } from '../core/run-state.ts';
import { type Standing } from './standing.ts';
import type { Style } from './style.ts';
/** One sign of one column for each standing. */
export declare const consoleSigns: Readonly<Record<Standing, string>>;
/** Colours a text as its standing deserves. */
export declare function paintStanding(standing: Standing, style: Style): (text: string) => string;
/** `12.3k in 2.3k out · $0.12` over instances; nothing where no model is called; unknown and lower bounds said plainly. */
export declare function describeSpending(instances: readonly InstanceState[]): string;
/** The columns that the rows of one picture share. */
export interface RowLayout {
    readonly columns: number;
    readonly label: number;
    /** Columns for tokens and for dollars; 0 where no instance is an agent, or there is no room. */
    readonly tokens: number;
    readonly cost: number;
}
/** Columns for these instances in a terminal of a width. */
export declare function layOutRows(instances: readonly InstanceState[], columns: number): RowLayout;
/** One instance in one line: sign, label, elapsed, tokens, cost, what it does or why it ended. */
export declare function renderConsoleRow(at: InstanceState, now: number, layout: RowLayout, style: Style): string;
/** What an instance does, or why it ended as it did, in one line. */
export declare function describeState(at: InstanceState, standing: Standing): string;
/** Foreign text as one line that neither a terminal nor the runner acts on. */
export declare function safeLine(text: string): string;
