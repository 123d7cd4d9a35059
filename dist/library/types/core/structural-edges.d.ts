import type { Edge } from './instance.ts';
/** The edge a member has from its gate. */
export declare function structural(gate: string): Edge;
/** Edges that wait for the end of all of these, however that is: as a group does for its gate and its members. */
export declare function closing(ids: readonly string[]): Edge[];
