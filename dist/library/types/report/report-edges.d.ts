import type { RunState } from '../core/run-state.ts';
/** An edge as a reader of the file knows it: between instances and groups, gates left out. */
export interface ReportEdge {
    readonly from: string;
    readonly to: string;
    /** `success`, `failure` …, or the expression as `${{ … }}`. */
    readonly when: string;
    /** Whether anything but plain success is asked for. */
    readonly conditional: boolean;
    /** Null while the upstream has not ended. */
    readonly taken: boolean | null;
}
/**
 * The edges of a run with what became of them. An edge into a group's gate is shown as one into the group;
 * those from a gate to its members and from members to their group are containment, not edges.
 */
export declare function collectEdges(state: RunState): ReportEdge[];
