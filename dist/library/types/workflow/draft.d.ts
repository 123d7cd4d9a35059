import type { VerificationRules } from '../core/finding.ts';
import type { Edge, GroupInstance } from '../core/instance.ts';
import type { Json, JsonObject } from '../core/json.ts';
import type { LinkRule } from '../core/link.ts';
import type { Plain } from './origins.ts';
import type { InstanceEntry } from './schema-instance.ts';
/** The names that `needs` and expressions may use at one level of the file; outer levels are visible as well. */
export interface Scope {
    readonly outer: Scope | undefined;
    /** Ids by name. */
    readonly names: Map<string, string>;
}
/** What every draft has. */
interface DraftCommon {
    readonly id: string;
    readonly label: string;
    readonly key: string;
    readonly parent: string | undefined;
    /** Id of what `previous` means here. */
    readonly previous: string | undefined;
    readonly entry: InstanceEntry;
    /** The map or list the entry stands in, and its key there. */
    readonly owner: Plain;
    readonly ownerKey: string | number;
    /** Where its own names are looked up. */
    readonly scope: Scope;
    /** Edges that follow from the structure: from the gate, from the step before, from members. */
    readonly edges: readonly Edge[];
    /** Whether `needs`, `join` and `if` of the entry are those of this draft (a cell leaves them to its matrix). */
    readonly isEntrance: boolean;
    readonly matrix: JsonObject | undefined;
    /** Keys the `matrix` context has here; undefined outside a matrix. */
    readonly matrixKeys: ReadonlySet<string> | 'unknown' | undefined;
    /** Whether it is a direct member of a repeated group. */
    readonly inRound: boolean;
    /** Names of the members of the innermost repeated group around it; a repeated group itself counts. */
    readonly round: ReadonlySet<string> | undefined;
    /** Whether this is the first time that the entry is expanded: later cells repeat what was said of the first. */
    readonly isFirst: boolean;
}
/** A process to be. */
export interface ProcessDraft extends DraftCommon {
    readonly kind: 'process';
    /** The groups around it, the outermost first. */
    readonly groups: readonly InstanceEntry[];
    /** Id of the group around it that has a worktree. */
    readonly worktree: string | undefined;
    /** Whether it keeps the changes of that worktree. */
    readonly closes: boolean;
}
/** The opening of a group to be. */
export interface GateDraft extends DraftCommon {
    readonly kind: 'gate';
    readonly group: string;
    readonly expansion: {
        readonly matrix: Json;
        readonly include?: Json;
        readonly exclude?: Json;
        readonly splitBytes?: number;
        readonly candidates?: VerificationRules;
        readonly template: readonly Draft[];
    } | undefined;
}
/** A group to be. */
export interface GroupDraft extends DraftCommon {
    readonly kind: 'group';
    readonly form: GroupInstance['form'];
    readonly gate: string;
    readonly members: readonly string[];
    /** Names of its members. */
    readonly inner: Scope;
    readonly link?: LinkRule;
}
/** A node of the plan before its names are resolved. */
export type Draft = ProcessDraft | GateDraft | GroupDraft;
/** The id that a name (or a path such as `publish.docs`) means in a scope; undefined when there is none. */
export declare function resolveName(name: string, scope: Scope, ids: ReadonlySet<string>): string | undefined;
/** Every name a scope can see, the nearest first. */
export declare function visibleNames(scope: Scope): string[];
export {};
