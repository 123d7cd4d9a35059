import type { MergedFinding, SetAside } from '../core/finding.ts';
import type { Style } from './style.ts';
/** `2 findings do not count: 1 refuted by verification, 1 below a threshold`; empty where every finding counts. */
export declare function countSetAside(setAside: readonly SetAside[]): string;
/** The findings that do not count, folded, for GitHub: at most `most`, the worst first, each with its reason. */
export declare function renderSetAside(setAside: readonly SetAside[], most: number): string[];
/** The findings that people dismissed before, among those that do not count. */
export declare function dismissedOf(setAside: readonly SetAside[]): MergedFinding[];
/** A line for a console. */
export declare function renderConsoleSetAside(setAside: readonly SetAside[], style: Style): string[];
