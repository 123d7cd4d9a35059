import type { Edge } from '../core/instance.ts';
/** The edge a member has from its gate. */
export declare function structural(gate: string): Edge;
/** The edges a group has: it ends when its gate and all its members have. */
export declare function closing(gate: string, members: readonly string[]): Edge[];
